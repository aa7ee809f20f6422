import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createPostWebhook } from '#shared/outbound/webhook/create-post-webhook.ts'
import { startSchoolServer, waitForHangUp } from './start-school-server.ts'

const post = createPostWebhook({ settings: { loopback: 'allowed' } })
const lead = { headers: { 'content-type': 'application/json', 'webhook-id': 'dlv_1' }, body: '{"name":"Zoë"}' }
const toRequest = (port: number, path = '/') => ({ ...lead, url: `http://127.0.0.1:${port}${path}` })

describe('a webhook', () => {
  it('posts bytes and headers unchanged and returns the response of the school', async () => {
    await using school = await startSchoolServer((_, response) => {
      response.writeHead(202, { 'content-type': 'application/json', 'set-cookie': 'a=b', 'retry-after': '7' })
      response.end('{"outcome":"success"}')
    })
    expect(await post(toRequest(school.port, '/leads?campus=a%20b#x'))).toEqual({
      stage: 'answered',
      status: 202,
      headers: { 'content-type': 'application/json', 'retry-after': '7' },
      body: '{"outcome":"success"}',
      excerpt: '{"outcome":"success"}',
      ms: expect.any(Number),
    })
    expect(school.requests).toMatchObject([
      {
        method: 'POST',
        path: '/leads?campus=a%20b',
        headers: { ...lead.headers, 'accept-encoding': 'identity', host: `127.0.0.1:${school.port}` },
        body: lead.body,
      },
    ])
  })

  it.each(['POST', 'PUT', 'PATCH'] as const)('sends by method %s', async (method) => {
    await using school = await startSchoolServer()
    await post({ ...toRequest(school.port), method })
    expect(school.requests).toMatchObject([{ method, body: lead.body }])
  })

  it("ignores a school's host and accept-encoding headers", async () => {
    await using school = await startSchoolServer()
    await post({
      ...toRequest(school.port),
      headers: { Host: 'other.example', 'Accept-Encoding': 'gzip', 'X-Key': 'k' },
    })
    expect(school.requests[0]?.headers).toMatchObject({
      host: `127.0.0.1:${school.port}`,
      'accept-encoding': 'identity',
      'x-key': 'k',
    })
  })

  it.each([301, 302, 303, 307, 308])('returns a redirect with status %i and does not follow it', async (status) => {
    await using elsewhere = await startSchoolServer()
    await using school = await startSchoolServer((_, response) => {
      response.writeHead(status, { location: `http://127.0.0.1:${elsewhere.port}/` }).end()
    })
    expect(await post(toRequest(school.port))).toMatchObject({ stage: 'answered', status })
    expect(elsewhere.connections()).toBe(0)
  })

  it.each([200, 204, 400, 404, 410, 429, 500, 503])('returns status %i without throwing', async (status) => {
    await using school = await startSchoolServer((_, response) => response.writeHead(status).end())
    expect(await post(toRequest(school.port))).toMatchObject({
      stage: 'answered',
      status,
      body: '',
      excerpt: '',
      headers: {},
    })
  })

  it('opens a new connection for each request and closes it', async () => {
    await using school = await startSchoolServer()
    const hungUp = waitForHangUp(school.server)
    await post(toRequest(school.port))
    await hungUp
    await post(toRequest(school.port))
    expect(school.connections()).toBe(2)
  })

  it('stops reading a huge response after 64 KiB and keeps an excerpt of 4 KiB', async () => {
    await using school = await startSchoolServer((_, response) => {
      const writeChunks = () => {
        while (!response.destroyed && response.write(Buffer.alloc(16_384, 'é'))) {}
      }
      response.on('drain', writeChunks)
      writeChunks()
    })
    const hungUp = waitForHangUp(school.server)
    const response = await post(toRequest(school.port))
    await hungUp
    expect(response).toMatchObject({
      stage: 'answered',
      status: 200,
      body: '',
      excerpt: 'é'.repeat(2048),
      unreadable: 'The response is too long to be read.',
    })
  })

  it('does not split a character at the end of the excerpt', async () => {
    await using school = await startSchoolServer((_, response) => response.end(`x${'é'.repeat(3000)}`))
    const response = await post(toRequest(school.port))
    expect(response).toMatchObject({ body: `x${'é'.repeat(3000)}`, excerpt: `x${'é'.repeat(2047)}` })
  })

  it('reads a compressed response, although the request does not allow it', async () => {
    await using school = await startSchoolServer((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"outcome":"failure"}')),
    )
    expect(await post(toRequest(school.port))).toMatchObject({
      stage: 'answered',
      headers: { 'content-encoding': 'gzip' },
      body: '{"outcome":"failure"}',
      excerpt: '{"outcome":"failure"}',
    })
  })

  it('stops decompressing after 64 KiB', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    await using school = await startSchoolServer((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/plain' }).end(bomb),
    )
    expect(await post(toRequest(school.port))).toMatchObject({
      stage: 'answered',
      status: 200,
      body: '',
      excerpt: '',
      unreadable: 'The response is too long to be read.',
    })
  })
})
