import { once } from 'node:events'
import { createServer as createTcpServer, type Server } from 'node:net'
import { createServer } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { createCertificateReader } from '#local/alerts/read-certificate.ts'
import { createSelfSigned } from '#test/shared/outbound/webhook/create-self-signed.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

const hostname = 'leads.prospectus.invalid'
const shortLived = createSelfSigned(hostname, { from: '20261201000000Z', to: '20261207000000Z' })
const validity = { validFrom: new Date('2026-12-01T00:00:00Z'), validTo: new Date('2026-12-07T00:00:00Z') }

async function listen(server: Server): Promise<number> {
  servers.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

function createReader(publicUrl: string) {
  const events: unknown[] = []
  const clock = { now: new Date('2026-12-02T00:00:00Z') }
  const read = createCertificateReader({
    publicUrl,
    now: () => clock.now,
    log: (event, fields) => void events.push([event, fields]),
  })
  return { read: async () => read?.(), clock, events, isThere: read !== undefined }
}

describe('the reader of the public certificate', () => {
  it('reads what a visitor gets, though nobody has signed it', async () => {
    const port = await listen(createServer(shortLived))
    const { read, events } = createReader(`https://127.0.0.1:${port}`)
    expect(await read()).toEqual({ host: '127.0.0.1', ...validity })
    expect(events).toEqual([])
  })

  it('asks this machine, by the public name, if the public address cannot be reached', async () => {
    const names: unknown[] = []
    const server = createServer({
      ...shortLived,
      SNICallback(name, done) {
        names.push(name)
        done(null)
      },
    })
    const { read } = createReader(`https://${hostname}:${await listen(server)}`)
    expect(await read()).toEqual({ host: hostname, ...validity })
    expect(names).toEqual([hostname])
  })

  it('asks again after an hour, and when the clock was set back', async () => {
    const server = createServer(shortLived)
    let connections = 0
    server.on('connection', () => connections++)
    const { read, clock } = createReader(`https://127.0.0.1:${await listen(server)}`)
    for (const at of ['00:00', '00:59', '01:01', '00:30']) {
      clock.now = new Date(`2026-12-02T${at}:00Z`)
      await read()
    }
    expect(connections).toBe(3)
  })

  it('logs once why there is none to read: closed, or not TLS', async () => {
    const server = createTcpServer((socket) => socket.resume().end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    const port = await listen(server)
    const { read, clock, events } = createReader(`https://127.0.0.1:${port}`)
    for (const hour of ['01', '03', '05']) {
      clock.now = new Date(`2026-12-02T${hour}:00:00Z`)
      expect(await read()).toBeUndefined()
    }
    expect(events).toEqual([['certificate.unread', { host: '127.0.0.1', reason: expect.stringMatching(/^ERR_SSL_/) }]])
    await new Promise((resolve) => server.close(resolve))
    servers.length = 0
    clock.now = new Date('2026-12-02T07:00:00Z')
    await read()
    expect(events[1]).toEqual(['certificate.unread', { host: '127.0.0.1', reason: 'ECONNREFUSED' }])
  })

  it('is absent for an address without TLS', () => {
    expect(createReader('http://leads.prospectus.invalid').isThere).toBe(false)
  })
})
