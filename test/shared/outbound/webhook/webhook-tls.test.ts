import { createServer } from 'node:https'
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { webhook } from '#shared/outbound/webhook/webhook.ts'
import { counting, schoolServer } from './school-server.ts'
import { selfSigned } from './self-signed.ts'

const trusted = selfSigned('school.example.com')
const unknown = selfSigned('school.example.com')
const lead = { headers: {}, body: '{}' }
const before = getCACertificates('default')

beforeAll(() => setDefaultCACertificates([...before, trusted.cert]))
afterAll(() => setDefaultCACertificates(before))

describe('a webhook over TLS', () => {
  it('verifies and names the host, while it dials the address that was checked', async () => {
    const names: unknown[] = []
    const server = createServer(trusted, (request, response) => {
      const { servername } = request.socket as TLSSocket & { servername: unknown }
      names.push(servername, request.headers.host)
      response.end('ok')
    })
    await using school = await counting(server)
    expect(await postTo(`school.example.com:${school.port}`, school.port)).toMatchObject({
      stage: 'answered',
      status: 200,
    })
    expect(names).toEqual(['school.example.com', `school.example.com:${school.port}`])
  })

  it('says “tls” where the certificate is another host’s, and sends nothing', async () => {
    let requests = 0
    await using school = await counting(createServer(trusted, () => requests++))
    expect(await postTo(`other.example.com:${school.port}`, school.port)).toMatchObject({
      stage: 'tls',
      reason: 'ERR_TLS_CERT_ALTNAME_INVALID',
    })
    expect(requests).toBe(0)
  })

  it('says “tls” where nobody vouches for the certificate', async () => {
    await using school = await counting(createServer(unknown))
    expect(await postTo(`school.example.com:${school.port}`, school.port)).toMatchObject({
      stage: 'tls',
      reason: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    })
  })

  it('says “tls” where the server speaks plain HTTP', async () => {
    await using school = await schoolServer()
    expect(await postTo(`school.example.com:${school.port}`, school.port)).toMatchObject({ stage: 'tls' })
    expect(school.requests).toEqual([])
  })

  it('says “connect” where nobody listens', async () => {
    const school = await schoolServer()
    await school[Symbol.asyncDispose]()
    expect(await postTo(`school.example.com:${school.port}`, school.port)).toMatchObject({
      stage: 'connect',
      reason: 'ECONNREFUSED',
    })
  })
})

function postTo(host: string, port: number) {
  const resolve = async () => [{ address: '127.0.0.1' }]
  return webhook({ settings: { loopback: 'allowed', ports: [port] }, resolve })({ ...lead, url: `https://${host}/` })
}
