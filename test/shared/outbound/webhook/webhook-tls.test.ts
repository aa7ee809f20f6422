import { createServer } from 'node:https'
import { createServer as createTlsServer, getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPostWebhook } from '#shared/outbound/webhook/create-post-webhook.ts'
import { createSelfSigned } from './create-self-signed.ts'
import { startCountingServer, startSchoolServer } from './start-school-server.ts'

const trustedCertificate = createSelfSigned('school.example.com')
const untrustedCertificate = createSelfSigned('school.example.com')
const lead = { headers: {}, body: '{}' }
const originalCertificates = getCACertificates('default')

beforeAll(() => setDefaultCACertificates([...originalCertificates, trustedCertificate.cert]))
afterAll(() => setDefaultCACertificates(originalCertificates))

describe('a webhook over TLS', () => {
  it('verifies the host name while it connects to the checked address', async () => {
    const names: unknown[] = []
    const server = createServer(trustedCertificate, (request, response) => {
      const { servername } = request.socket as TLSSocket & { servername: unknown }
      names.push(servername, request.headers.host)
      response.end('ok')
    })
    await using school = await startCountingServer(server)
    expect(await post(`school.example.com:${school.port}`, school.port)).toMatchObject({
      stage: 'answered',
      status: 200,
    })
    expect(names).toEqual(['school.example.com', `school.example.com:${school.port}`])
  })

  it('has the status of a response that breaks after its status line', async () => {
    const server = createTlsServer(trustedCertificate, (socket) => {
      socket.on('error', () => {})
      socket.once('data', () => socket.write('HTTP/1.1 202 Accepted\r\n: broken', () => socket.destroy()))
    })
    await using school = await startCountingServer(server)
    expect(await post(`school.example.com:${school.port}`, school.port)).toMatchObject({
      stage: 'answered',
      status: 202,
      unreadable: expect.any(String),
    })
  })

  it('returns stage tls for a certificate of another host, and sends nothing', async () => {
    let requests = 0
    await using school = await startCountingServer(createServer(trustedCertificate, () => requests++))
    expect(await post(`other.example.com:${school.port}`, school.port)).toMatchObject({
      stage: 'tls',
      reason: 'ERR_TLS_CERT_ALTNAME_INVALID',
    })
    expect(requests).toBe(0)
  })

  it('returns stage tls for an untrusted certificate', async () => {
    await using school = await startCountingServer(createServer(untrustedCertificate))
    expect(await post(`school.example.com:${school.port}`, school.port)).toMatchObject({
      stage: 'tls',
      reason: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    })
  })

  it('returns stage tls if the server speaks plain HTTP', async () => {
    await using school = await startSchoolServer()
    expect(await post(`school.example.com:${school.port}`, school.port)).toMatchObject({ stage: 'tls' })
    expect(school.requests).toEqual([])
  })

  it('returns stage connect if no server listens', async () => {
    const school = await startSchoolServer()
    await school[Symbol.asyncDispose]()
    expect(await post(`school.example.com:${school.port}`, school.port)).toMatchObject({
      stage: 'connect',
      reason: 'ECONNREFUSED',
    })
  })
})

function post(host: string, port: number) {
  const resolve = async () => [{ address: '127.0.0.1' }]
  return createPostWebhook({ settings: { loopback: 'allowed', ports: [port] }, resolve })({
    ...lead,
    url: `https://${host}/`,
  })
}
