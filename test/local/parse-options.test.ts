import { describe, expect, it } from 'vitest'
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

it.each(['smtp://', 'smtps://user:secret@', 'mail.example', 'https://mail.example'])(
  'refuses an SMTP_URL that names no mail server: %s',
  (SMTP_URL) => {
    expect(() => parseOptions(['--serve'], { ...env, SMTP_URL })).toThrow('SMTP_URL is not set to a mail server')
  },
)

it('refuses an SMTP_URL whose password has a bare percent sign', () => {
  const SMTP_URL = 'smtps://user:50%off@mail.example'
  expect(() => parseOptions(['--serve'], { ...env, SMTP_URL })).toThrow('Write %25 instead.')
})

it.each(['leads@school.example', 'Leads <leads@school.example>', '"Leads, Inc." <leads@bücher.example>'])(
  'takes the sender %s',
  (MAIL_FROM) => {
    const settings = { ...env, SMTP_URL: 'smtps://mail.example', MAIL_FROM }
    expect(parseOptions(['--serve'], settings).serveOptions?.mail.from).toBe(MAIL_FROM)
  },
)

it.each(['', 'leads', '@', 'Leads <leads@>', 'Leads <leads@school.example', 'a@school.example, b@school.example'])(
  'refuses a sender that is not one mailbox: %s',
  (MAIL_FROM) => {
    const settings = { ...env, SMTP_URL: 'smtps://mail.example', MAIL_FROM }
    expect(() => parseOptions(['--serve'], settings)).toThrow('MAIL_FROM is not one email address.')
  },
)

it.each([
  ['https://leads.example.org', 'https://leads.example.org'],
  ['http://localhost:8080/', 'http://localhost:8080'],
  ['HTTPS://Leads.Example.org:443', 'https://leads.example.org'],
])('takes the public address %s', (PUBLIC_URL, publicUrl) => {
  const settings = { ...env, SMTP_URL: 'smtps://mail.example', PUBLIC_URL }
  expect(parseOptions(['--serve'], settings).serveOptions?.publicUrl).toBe(publicUrl)
})

it.each([
  'leads.example.org',
  'ftp://leads.example.org',
  'https://leads.example.org/portal',
  'https://leads.example.org?a=1',
  'https://leads.example.org/#a',
  'https://user:secret@leads.example.org',
  'https://',
])('refuses a public address that is not an origin, without repeating it: %s', (PUBLIC_URL) => {
  const start = () => parseOptions(['--serve'], { ...env, SMTP_URL: 'smtps://mail.example', PUBLIC_URL })
  expect(start).toThrow(/^PUBLIC_URL is not the address of a host\. Set it to a scheme and a host only/)
  expect(start).not.toThrow(/secret/)
})

it('takes an address to listen on, and refuses one that is no IP address', () => {
  const settings = { ...env, SMTP_URL: 'smtps://mail.example' }
  expect(parseOptions(['--serve'], settings).serveOptions).not.toHaveProperty('listenAddress')
  expect(parseOptions(['--serve'], { ...settings, LISTEN_ADDRESS: '0.0.0.0' }).serveOptions?.listenAddress).toBe(
    '0.0.0.0',
  )
  expect(() => parseOptions(['--serve'], { ...settings, LISTEN_ADDRESS: 'eth0' })).toThrow(
    /"eth0"\. Set it to an IP address/,
  )
})

describe('settings of backups and alerts', () => {
  const settings = { ...env, SMTP_URL: 'smtps://mail.example' }
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

  it('are taken', () => {
    const alerts = {
      ALERT_EMAIL: 'a@b.example',
      ALERT_WEBHOOK_URL: 'https://hooks.example/',
      ALERT_WEBHOOK_SECRET: secret,
    }
    expect(parseOptions(['--serve'], { ...settings, ...alerts, BACKUP_DIR: '/backups' }).serveOptions).toMatchObject({
      alerts: { email: 'a@b.example', webhook: { url: 'https://hooks.example/', secret } },
      backups: { into: '/backups', keep: 7 },
    })
  })

  it.each([
    [{ ALERT_EMAIL: 'staff' }, /^ALERT_EMAIL is "staff"\. Set it to one email address\.$/],
    [{ ALERT_WEBHOOK_URL: 'hooks' }, /^ALERT_WEBHOOK_URL is not a URL\. Set it to/],
    [{ ALERT_WEBHOOK_URL: 'https://hooks.example/' }, /^ALERT_WEBHOOK_SECRET is not a valid secret\. It must start/],
    [{ BACKUP_DIR: '/b', BACKUP_KEEP: '0' }, /^BACKUP_KEEP is "0"\. Set it to the number of backups to keep/],
  ])('are refused in a sentence: %j', (wrong, sentence) => {
    expect(() => parseOptions(['--serve'], { ...settings, ...wrong })).toThrow(sentence)
  })
})

it.each([
  [[], true],
  [['--json'], true],
  [['--empty'], false],
  [['--json', '--empty'], false],
])('takes %j as a start whose new folder has a sample week: %s', (args, sampleWeek) => {
  expect(parseOptions(args, {}).sampleWeek).toBe(sampleWeek)
})
