import { expect, it } from 'vitest'
import { computeTotp, findTotpStep, formatTotpUri, toBase32, totpStepSeconds } from '#shared/platform/totp.ts'

// RFC 6238, appendix B: the secret of SHA-1, and codes of eight digits.
const secret = Buffer.from('12345678901234567890')

it.each([
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
])('shows at second %i the code of RFC 6238', (seconds, code) => {
  expect(computeTotp(secret, Math.floor(seconds / totpStepSeconds), 8)).toBe(code)
})

// RFC 4226, appendix D.
it('shows the codes of RFC 4226 for the counters 0 to 9', () => {
  const codes = Array.from({ length: 10 }, (_, counter) => computeTotp(secret, counter))
  expect(codes.join(' ')).toBe('755224 287082 359152 969429 338314 254676 287922 162583 399871 520489')
})

it('finds the step of a code that is one step old or early, and of no other', () => {
  const now = new Date(59_000)
  expect([0, 1, 2].map((step) => findTotpStep(secret, computeTotp(secret, step), now))).toEqual([0, 1, 2])
  expect(findTotpStep(secret, computeTotp(secret, 3), now)).toBeUndefined()
  expect(findTotpStep(secret, '', now)).toBeUndefined()
})

// RFC 4648, section 10.
it.each([
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foobar', 'MZXW6YTBOI'],
])('writes %s as %s in Base32', (text, base32) => {
  expect(toBase32(Buffer.from(text))).toBe(base32)
})

it('formats the address that an authenticator app reads', () => {
  expect(formatTotpUri({ secret: Buffer.from('foobar'), account: 'jo@a.example', issuer: 'Prospectus (a)' })).toBe(
    'otpauth://totp/Prospectus%20(a):jo%40a.example?secret=MZXW6YTBOI&issuer=Prospectus%20(a)&digits=6&period=30',
  )
})
