import { beforeAll, describe, expect, it } from 'vitest'
import { career, createTestSystem, type TestSystem } from '#test/functions/create-test-system.ts'

let system: TestSystem
const get = (path: string) => system.api.call('GET', path)
beforeAll(async () => {
  system = await createTestSystem()
})

describe('an unknown path', () => {
  it.each([
    '/v1/careers/nobody',
    '/v1/careers/nobody/schools',
    '/v1/careers/nobody/jsonld',
    '/v1/programs/nobody',
    '/v1/programs/nobody/form',
    '/v1/careers/Not_A_Slug',
    '/v1/careers/%00',
    `/v1/programs/${'x'.repeat(65)}`,
    '/v1/careers/__proto__',
  ])('returns NOT_FOUND for %s', async (path) => {
    const { status, body } = await get(path)
    expect(status).toBe(404)
    expect(body).toMatchObject({ code: 'NOT_FOUND' })
  })

  it.each([
    '/v1',
    '/v2/careers',
    '/nowhere/',
    '//evil.example/',
    '/evil.example//',
    `/v1/careers/${career}/schools/more`,
    '/v1/careers/%E0%A4%A',
  ])('returns ROUTE_NOT_FOUND for %s', async (path) => {
    const { status, body } = await get(path)
    expect(status).toBe(404)
    expect(body).toMatchObject({ code: 'ROUTE_NOT_FOUND' })
  })

  it.each([
    ['POST', '/v1/careers', 'GET, HEAD, OPTIONS'],
    ['DELETE', '/v1/leads', 'POST, OPTIONS'],
    ['HEAD', '/v1/leads', 'POST, OPTIONS'],
    ['PATCH', '/v1/ops/schools/one', 'GET, HEAD, PUT, DELETE, OPTIONS'],
  ])('returns METHOD_NOT_ALLOWED for %s %s with allow: %s', async (method, path, allow) => {
    const { status, body, headers } = await system.api.call(method, path)
    expect([status, headers.allow]).toEqual([405, allow])
    expect(body).toMatchObject({ code: 'METHOD_NOT_ALLOWED' })
  })
})

describe('other ways to write a request', () => {
  it.each([
    ['GET', '/docs/', '/docs'],
    ['HEAD', '/console/', '/console'],
    ['GET', '/portal//', '/portal'],
    ['GET', '/v1/careers/?limit=2', '/v1/careers?limit=2'],
    ['POST', '/v1/leads/', '/v1/leads'],
    ['GET', '/v1/careers/a b/', '/v1/careers/a%20b'],
    ['POST', '//v1/leads', '/v1/leads'],
    ['GET', '/v1//careers?limit=2', '/v1/careers?limit=2'],
    ['GET', '///docs//', '/docs'],
  ])('redirects %s %s, which has a slash too many, to %s', async (method, path, location) => {
    const { status, headers } = await system.api.call(method, path)
    expect([status, headers.location]).toEqual([308, location])
  })

  it.each(['//careers.example/docs', '//careers.example//', '/\\careers.example/docs/'])(
    'does not redirect %s',
    async (path) => {
      expect((await get(path)).status).toBe(404)
    },
  )

  it('answers HEAD with the headers of GET and without a body', async () => {
    const { headers, text } = await get('/v1/careers')
    const head = await system.api.call('HEAD', '/v1/careers')
    expect([head.status, head.text]).toEqual([200, ''])
    expect(head.headers).toEqual({ ...headers, 'content-length': String(Buffer.byteLength(text)) })
  })

  it.each([
    ['/v1/leads', 'POST, OPTIONS'],
    ['*', 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'],
  ])('answers OPTIONS %s with the allowed methods', async (path, allow) => {
    const { status, headers } = await system.api.call('OPTIONS', path)
    expect([status, headers.allow]).toEqual([204, allow])
  })

  it('says at its root where to go on', async () => {
    expect((await get('/')).body).toMatchObject({ links: { docs: '/docs', openapi: '/openapi.json' } })
  })
})

describe('the API itself', () => {
  it('is healthy, and ready while its table can be read', async () => {
    expect((await get('/health')).body).toEqual({ status: 'ok' })
    expect((await get('/health/ready')).body).toEqual({ status: 'ok' })
  })

  it('is healthy but not ready if a write fails, as with a full disk, and ready again afterwards', async () => {
    const { api } = await createTestSystem()
    api.watch.beforeCommit = async () => {
      throw new Error('database or disk is full')
    }
    const { status, headers, body } = await api.call('GET', '/health/ready')
    expect([status, headers['retry-after'], body]).toMatchObject([503, '5', { code: 'UNAVAILABLE' }])
    expect((await api.call('GET', '/health')).status).toBe(200)
    expect((await api.call('GET', '/health/ready')).status).toBe(200)
  })

  it('writes at most once a second to see whether it is ready', async () => {
    const { api } = await createTestSystem()
    const before = api.watch.transactions
    for (let call = 0; call < 5; call += 1) await api.call('GET', '/health/ready')
    expect(api.watch.transactions - before).toBe(1)
    api.advanceClock(1)
    api.watch.fault = new Error('database or disk is full')
    expect((await api.call('GET', '/health/ready')).status).toBe(503)
  })

  it('is healthy but not ready if the table cannot be read', async () => {
    const { api } = await createTestSystem()
    api.watch.fault = new Error('out of reach')
    expect((await api.call('GET', '/health')).status).toBe(200)
    expect((await api.call('GET', '/health/ready')).status).toBeGreaterThanOrEqual(500)
  })

  it('serves its OpenAPI document and its docs page', async () => {
    expect((await get('/openapi.json')).body).toHaveProperty('openapi', expect.stringMatching(/^3\.1\.\d$/))
    const { text, headers } = await get('/docs')
    expect(text).toContain('<!doctype html>')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
  })

  it('sends security headers with every response', async () => {
    for (const path of ['/v1/careers', '/nowhere', '/v1/ops/leads']) {
      const { headers } = await get(path)
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['strict-transport-security']).toContain('max-age=')
      expect(headers['content-security-policy']).toContain("default-src 'none'")
    }
  })
})
