import { jwtVerify, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { createTokens } from '#shared/platform/tokens.ts'

const key = new Uint8Array(32).fill(1)
const signer = createTokens(key)
const now = new Date('2026-11-23T15:00:00Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const signToken = () => signer.sign('match', { schools: ['a'] }, { now, seconds: 60 })

describe('tokens', () => {
  it('returns the signed content until the token expires', async () => {
    const token = signToken()
    expect(signer.open('match', token, later(59))).toMatchObject({ content: { schools: ['a'] } })
    expect(signer.open('match', token, later(60))).toBe('expired')
  })

  it('makes tokens that a JWT library reads, and reads those that it makes', async () => {
    const { payload } = await jwtVerify(signToken(), key, { audience: 'match', currentDate: now })
    expect(payload).toMatchObject({ schools: ['a'] })
    const token = await new SignJWT({ schools: ['a'] })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience('match')
      .setExpirationTime(later(60))
      .sign(key)
    expect(signer.open('match', token, now)).toMatchObject({ content: { schools: ['a'] } })
  })

  it('rejects a token of another purpose or another key', async () => {
    const token = signToken()
    expect(signer.open('cursor', token, now)).toBe('forged')
    expect(createTokens(new Uint8Array(32).fill(2)).open('match', token, now)).toBe('forged')
  })

  it('rejects an altered token as forged, even if it has expired', async () => {
    const [head = '', , tail = ''] = signToken().split('.')
    const body = Buffer.from(JSON.stringify({ schools: ['b'], aud: 'match', exp: 9_999_999_999 })).toString('base64url')
    expect(signer.open('match', `${head}.${body}.${tail}`, later(3600))).toBe('forged')
  })

  it('rejects a token without a signature or with another algorithm', async () => {
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const claims = { aud: 'match', exp: 9_999_999_999 }
    expect(signer.open('match', `${encoded({ alg: 'none' })}.${encoded(claims)}.`, now)).toBe('forged')
    const strong = await new SignJWT(claims).setProtectedHeader({ alg: 'HS512' }).sign(new Uint8Array(64).fill(1))
    expect(signer.open('match', strong, now)).toBe('forged')
  })

  it('rejects a token without exp', async () => {
    const endless = await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setAudience('match').sign(key)
    expect(signer.open('match', endless, now)).toBe('forged')
  })

  it.each(['', '.', '..', 'a.b.c', 'é', '{}', 'null', 'x'.repeat(8000)])('rejects %.10j as forged', async (text) => {
    expect(signer.open('match', text, now)).toBe('forged')
  })
})
