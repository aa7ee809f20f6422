import { expect, it } from 'vitest'
import { parseOptions } from '#local/parse-options.ts'

const env = { DATA_DIR: '/data', MAIL_FROM: 'leads@school.example' }

it.each(['smtps://user:pass#word@mail.example', 'smtps://mail.example/#'])(
  'refuses an SMTP_URL that would be cut off at "#": %s',
  (SMTP_URL) => {
    expect(() => parseOptions(['--serve'], { ...env, SMTP_URL })).toThrow('%23')
  },
)

it('takes an SMTP_URL whose password is encoded', () => {
  const SMTP_URL = 'smtps://user:pass%23word@mail.example'
  expect(parseOptions(['--serve'], { ...env, SMTP_URL }).serveOptions?.mail.url).toBe(SMTP_URL)
})

it('takes an address to listen on, and refuses one that is no IP address', () => {
  const settings = { ...env, SMTP_URL: 'smtps://mail.example' }
  expect(parseOptions(['--serve'], settings).serveOptions).not.toHaveProperty('listenAddress')
  expect(parseOptions(['--serve'], { ...settings, LISTEN_ADDRESS: '0.0.0.0' }).serveOptions?.listenAddress).toBe(
    '0.0.0.0',
  )
  expect(() => parseOptions(['--serve'], { ...settings, LISTEN_ADDRESS: 'eth0' })).toThrow(
    /"eth0", which is no IP address/,
  )
})
