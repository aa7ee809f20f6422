import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { attemptTimes } from '#shared/domain/delivery/attempt-times.ts'
import { createPostWebhook } from '#shared/outbound/webhook/create-post-webhook.ts'
import { startCountingServer, startSchoolServer, waitForHangUp } from './start-school-server.ts'

const post = createPostWebhook({ settings: { loopback: 'allowed' } })
const lead = { headers: { 'content-type': 'application/json', 'webhook-id': 'dlv_1' }, body: '{"name":"Zoë"}' }
const toRequest = (port: number, path = '/') => ({ ...lead, url: `http://127.0.0.1:${port}${path}` })

describe('a webhook that fails', () => {
  it('returns stage resolve for an unknown host name', async () => {
    const postToUnknownHost = createPostWebhook({
      settings: { loopback: 'refused' },
      resolve: () => Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND x'), { code: 'ENOTFOUND' })),
    })
    const postToHostWithoutAddress = createPostWebhook({ settings: { loopback: 'refused' }, resolve: async () => [] })
    const failure = { stage: 'resolve', reason: 'ENOTFOUND', ms: expect.any(Number) }
    expect(await postToUnknownHost({ ...lead, url: 'https://school.com/' })).toEqual(failure)
    expect(await postToHostWithoutAddress({ ...lead, url: 'https://school.com/' })).toEqual(failure)
  })

  it('returns stage connect if no server listens', async () => {
    const school = await startSchoolServer()
    await school[Symbol.asyncDispose]()
    expect(await post(toRequest(school.port))).toMatchObject({ stage: 'connect', reason: 'ECONNREFUSED' })
  })

  it('returns stage send if the school closes the connection without a response', async () => {
    await using school = await startSchoolServer((_, response) => response.destroy())
    expect(await post(toRequest(school.port))).toMatchObject({ stage: 'send', reason: 'UND_ERR_SOCKET' })
  })

  it('returns the status, and what arrived, of a response that is cut off', async () => {
    await using school = await startSchoolServer((_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('part', () => response.destroy())
    })
    expect(await post(toRequest(school.port))).toMatchObject({
      stage: 'answered',
      status: 200,
      body: '',
      excerpt: 'part',
      unreadable: 'UND_ERR_SOCKET',
    })
  })

  it('returns the status and Retry-After of a response whose body breaks', async () => {
    await using school = await startSchoolServer((_, response) => {
      response.writeHead(503, { 'content-length': '100', 'retry-after': '7' })
      response.write('part', () => response.destroy())
    })
    expect(await post(toRequest(school.port))).toMatchObject({ status: 503, headers: { 'retry-after': '7' } })
  })

  it('returns stage receive if the response is not HTTP', async () => {
    await using school = await startCountingServer(createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')))
    expect(await post(toRequest(school.port))).toMatchObject({ stage: 'receive', reason: 'HTTPParserError' })
  })

  it('returns stage refused if the request cannot be sent at all', async () => {
    await using school = await startSchoolServer()
    const headers = { 'x-key': 'a\r\nx-injected: 1' }
    expect(await post({ ...toRequest(school.port), headers })).toMatchObject({
      stage: 'refused',
      reason: 'UND_ERR_INVALID_ARG',
    })
    expect(school.requests).toEqual([])
  })

  it('puts no personal data into the reason', async () => {
    await using school = await startSchoolServer((_, response) => response.destroy())
    expect(JSON.stringify(await post(toRequest(school.port)))).not.toMatch(/Zoë|dlv_1/)
  })
})

describe('the deadline of a webhook', () => {
  const postWithShortDeadline = createPostWebhook({ settings: { loopback: 'allowed' }, deadlineMs: 150 })

  it('ends a response that arrives one byte at a time', async () => {
    await using school = await startSchoolServer((_, response) => {
      const drip = setInterval(() => response.write('.'), 10)
      response.on('close', () => clearInterval(drip))
    })
    const response = await postWithShortDeadline(toRequest(school.port))
    expect(response).toMatchObject({
      stage: 'answered',
      status: 200,
      unreadable: 'The deadline passed before the response was complete.',
    })
    // Without its own deadline it would go on for 15 seconds.
    expect(response.ms).toBeLessThan(attemptTimes.deadlineSeconds * 1000)
  })

  it('ends a response without end early if only its status counts', async () => {
    const postForStatus = createPostWebhook({ settings: { loopback: 'allowed' }, excerptTimeoutMs: 20 })
    await using school = await startSchoolServer((_, response) => response.writeHead(202).write('part'))
    expect(await postForStatus({ ...toRequest(school.port), needsBody: false })).toMatchObject({
      stage: 'answered',
      status: 202,
      excerpt: 'part',
    })
  })

  it('ends a request that gets no response', async () => {
    await using school = await startSchoolServer(() => {})
    const hungUp = waitForHangUp(school.server)
    expect(await postWithShortDeadline(toRequest(school.port))).toMatchObject({
      stage: 'deadline',
      reason: 'The deadline passed before a response began.',
    })
    await hungUp
  })

  it('ends a host name lookup that never answers', async () => {
    const postToUnresolved = createPostWebhook({
      settings: { loopback: 'refused' },
      deadlineMs: 20,
      resolve: () => new Promise(() => {}),
    })
    // Not `deadline`: no school can have received what was never sent.
    expect(await postToUnresolved({ ...lead, url: 'https://school.com/' })).toMatchObject({
      stage: 'resolve',
      reason: 'The deadline passed while the host name was being resolved.',
    })
  })

  it('ends a TLS handshake that never answers at stage connect, because nothing was sent', async () => {
    await using school = await startCountingServer(createServer())
    expect(await postWithShortDeadline({ ...lead, url: `https://127.0.0.1:${school.port}/` })).toMatchObject({
      stage: 'connect',
      reason: 'The deadline passed while connecting.',
    })
  })

  it('ends early when the caller aborts', async () => {
    const caller = new AbortController()
    await using school = await startSchoolServer(() => caller.abort())
    expect(await post({ ...toRequest(school.port), signal: caller.signal })).toMatchObject({
      stage: 'deadline',
      reason: 'The caller aborted before a response began.',
    })
    expect(await post({ ...toRequest(school.port), signal: AbortSignal.abort() })).toMatchObject({ stage: 'connect' })
    expect(school.connections()).toBe(1)
  })
})
