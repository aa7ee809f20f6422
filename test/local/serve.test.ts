import { once } from 'node:events'
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addToSeries } from '#local/data/backup-series.ts'
import { cancelMigration, quiesce } from '#local/data/migration.ts'
import { serve } from '#local/serve.ts'
import { readAttention } from '#shared/contract/reporting/attention.ts'
import type { Log } from '#shared/platform/log.ts'
import { aCampaign, aCareer, aVisitor, career, parseKey } from '#test/functions/create-test-system.ts'
import { createSelfSigned } from '#test/shared/outbound/webhook/create-self-signed.ts'
import { createStaffCall, sendLead, writeTestCatalog } from './production-host.ts'
import { spawnHost } from './start-child-host.ts'
import { waitUntil } from './wait-until.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prospectus-serve-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const noMail = { url: 'smtp://127.0.0.1:1', from: 'leads@example.org' }

describe('a data folder under a running host', () => {
  it.each([
    ['its lock is removed, so that another host could start', 'host.lock'],
    ['its database is removed', 'prospectus.db'],
  ])('ends the host if %s', async (_, name) => {
    const events: string[] = []
    const server = await serve({ port: 0, dataDir: folder, mail: noMail, log: (event) => void events.push(event) })
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
    rmSync(join(folder, name))
    await server.lost
    expect(events).toContain('folder.lost')
    await expect(fetch(`${server.url}/health`)).rejects.toThrow('fetch failed')
  })

  it('ends the process with 1 and a sentence if it is replaced', async () => {
    const dataDir = join(folder, 'data')
    const env = { DATA_DIR: dataDir, SMTP_URL: noMail.url, MAIL_FROM: noMail.from }
    const host = spawnHost({ args: ['--serve'], env })
    const errors = text(host.stderr)
    host.stdout.once('data', () => {
      renameSync(dataDir, join(folder, 'old'))
      mkdirSync(dataDir)
    })
    const [code] = await once(host, 'exit')
    expect([code, await errors]).toEqual([1, expect.stringContaining('was removed or replaced while the host ran')])
  })

  it('does not end a host that is left alone, also while it is backed up', async () => {
    const server = await serve({ port: 0, dataDir: folder, mail: noMail })
    const backups = mkdtempSync(join(tmpdir(), 'prospectus-serve-backup-'))
    const ended = server.lost.then(() => 'lost')
    for (const hour of [1, 2, 3]) {
      addToSeries({ dataDir: folder, into: backups, keep: 7, now: new Date(2026, 10, 29, hour) })
      expect((await fetch(`${server.url}/health/ready`)).status).toBe(200)
    }
    expect(await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 1200, 'runs'))])).toBe('runs')
    rmSync(backups, { recursive: true })
    await server.close()
  })
})

describe('production mode', () => {
  it('starts empty, and gets keys only from the command line', async () => {
    const server = await serve({ port: 0, dataDir: folder, mail: noMail })
    const listed = await (await fetch(`${server.url}/v1/careers`)).json()
    expect(listed).toMatchObject({ careers: [] })
    for (const path of ['/inbox', '/school', '/landing/health-record-technician'])
      expect((await fetch(server.url + path)).status).toBe(404)
    const call = await createStaffCall(folder, server.url)
    expect((await call('PUT', `/v1/ops/careers/${career}`, aCareer())).status).toBe(201)
    await server.close()
  })

  it('refuses an endpoint on its own machine', async () => {
    const server = await serve({ port: 0, dataDir: folder, mail: noMail })
    const call = await createStaffCall(folder, server.url)
    await writeTestCatalog(call)
    const endpoint = { kind: 'webhook', url: 'http://127.0.0.1:9/' }
    expect((await call('PUT', '/v1/ops/campaigns/c', aCampaign({ endpoint }))).status).toBe(422)
    await server.close()
  })

  it('limits the last address of X-Forwarded-For, which the proxy wrote', async () => {
    const server = await serve({ port: 0, dataDir: folder, mail: noMail })
    await writeTestCatalog(await createStaffCall(folder, server.url))
    const match = (address: string) =>
      fetch(`${server.url}/v1/matches`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': `${Math.random()}, ${address}` },
        body: JSON.stringify(aVisitor()),
      })
    const statuses = await Promise.all(Array.from({ length: 70 }, async () => (await match('203.0.113.5')).status))
    expect(statuses.filter((status) => status === 429)).toHaveLength(10)
    const spellings = ['203.0.113.5:50123', '"203.0.113.5:443"', '::ffff:203.0.113.5', ' 203.0.113.5 ']
    for (const spelling of spellings) expect((await match(spelling)).status).toBe(429)
    expect((await match('198.51.100.9')).status).toBe(200)
    await server.close()
  })

  it('serves landing pages with the name, color and links of the publisher', async () => {
    const brand = {
      name: 'Careers Today',
      accentColor: '#8b0000',
      privacyUrl: 'https://careers.example/privacy',
      termsUrl: 'https://careers.example/terms',
    }
    const publicUrl = 'https://careers.example'
    const landing = { sourceKey: 'pk_landing', brand }
    const server = await serve({ port: 0, dataDir: folder, mail: noMail, publicUrl, landing })
    const get = async (path: string) => {
      const response = await fetch(`${server.url}${path}`, { headers: { accept: 'text/html' } })
      return { status: response.status, text: await response.text() }
    }
    const { status, text } = await get('/')
    expect(status).toBe(200)
    expect(text).toMatch(
      /--accent:light-dark\(#8b0000,.*Careers Today<\/a>.*href="https:\/\/careers.example\/privacy"/s,
    )
    expect(text).not.toContain('sample')
    expect((await get('/privacy')).status).toBe(404)
    expect((await get('/sitemap.xml')).text).toContain('<loc>https://careers.example/</loc>')
    await server.close()
  })

  it('sends email by SMTP', async () => {
    const mailbox = await smtpServer()
    const publicUrl = 'https://leads.example.org'
    const server = await serve({ port: 0, dataDir: folder, mail: { ...noMail, url: mailbox.url }, publicUrl })
    const call = await createStaffCall(folder, server.url)
    await writeTestCatalog(call)
    const endpoint = { kind: 'email', to: 'desk@school.example' }
    await call('PUT', '/v1/ops/campaigns/c', aCampaign({ endpoint }))
    const source = await call('PUT', '/v1/ops/sources/landing', { name: 'Landing', mode: 'live' })
    await sendLead(server.url, parseKey(await source.json()))
    const smtpLines = await waitUntil(() => mailbox.told.includes('.') && mailbox.told)
    expect(smtpLines).toContain('RCPT TO:<desk@school.example>')
    expect(smtpLines.join('\n')).toMatch(/^From: leads@example.org$/m)
    // Quoted-printable breaks a long line by a `=` at its end.
    const text = smtpLines.join('\n').replaceAll('=\n', '').replaceAll('=3D', '=')
    expect(text).toContain('https://leads.example.org/portal#/leads/dlv_')
    const link = await call('POST', '/v1/ops/portal-links', { schoolId: 'tall-grass' })
    expect(await link.json()).toMatchObject({
      url: expect.stringMatching(/^https:\/\/leads\.example\.org\/portal#link=\w/),
    })
    await server.close()
    mailbox.close()
  })

  it('names a mail server that takes no email, soon after it starts, and stays ready for leads', async () => {
    const entries: [event: string, fields: object][] = []
    const log: Log = (event, fields) => entries.push([event, fields])
    const server = await serve({ port: 0, dataDir: folder, mail: noMail, log })
    const call = await createStaffCall(folder, server.url)
    const readItems = async () =>
      readAttention.responses[200].body.parse(await (await call('GET', '/v1/ops/attention')).json()).items
    const items = await waitUntil(async () => ((await readItems()).length > 0 ? readItems() : undefined))
    const fault = { reason: 'ECONNREFUSED at CONN', since: expect.any(String) }
    expect(items).toEqual([
      {
        code: 'mail-failing',
        ...fault,
        detail: expect.stringContaining('SMTP_URL, and whether the server is running'),
      },
    ])
    const ready = await fetch(`${server.url}/health/ready`)
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ok', mail: 'failing' }])
    expect(entries).toContainEqual(['mail.failed', { reason: fault.reason, mend: items[0]?.detail }])
    await server.close()
  })

  it('says that the certificate at its public address has expired', async () => {
    const proxy = createTlsServer(createSelfSigned('127.0.0.1', { from: '20200101000000Z', to: '20210101000000Z' }))
    await once(proxy.listen(0, '127.0.0.1'), 'listening')
    const address = proxy.address()
    const publicUrl = `https://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`
    const server = await serve({ port: 0, dataDir: folder, mail: noMail, publicUrl })
    const call = await createStaffCall(folder, server.url)
    const item = await waitUntil(async () => {
      const response = await call('GET', '/v1/ops/attention')
      const { items } = readAttention.responses[200].body.parse(await response.json())
      return items.find(({ code }) => code === 'certificate-expiring')
    })
    expect(item).toMatchObject({ subject: '127.0.0.1', reason: 'expired 2021-01-01T00:00:00.000Z' })
    await server.close()
    proxy.close()
  })

  it('serves reads, refuses writes and delivers nothing during a migration', async () => {
    const server = await serve({ port: 0, dataDir: folder, mail: noMail })
    const call = await createStaffCall(folder, server.url)
    await quiesce(folder, true)
    const putResponse = await call('PUT', `/v1/ops/careers/${career}`, aCareer())
    expect([putResponse.status, putResponse.headers.get('retry-after')]).toEqual([503, '60'])
    expect((await fetch(`${server.url}/v1/careers`)).status).toBe(200)
    cancelMigration(folder)
    expect((await call('PUT', `/v1/ops/careers/${career}`, aCareer())).status).toBe(201)
    await server.close()
  })
})

/** A minimal SMTP server that accepts one message. */
async function smtpServer() {
  const lines: string[] = []
  const server = createServer((socket) => {
    let inData = false
    socket.write('220 mail.example\r\n')
    createInterface(socket).on('line', (line) => {
      lines.push(line)
      if (inData && line !== '.') return
      inData = line === 'DATA'
      socket.write(line === 'DATA' ? '354 go on\r\n' : line === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return { told: lines, url: `smtp://127.0.0.1:${port}?ignoreTLS=true`, close: () => server.close() }
}
