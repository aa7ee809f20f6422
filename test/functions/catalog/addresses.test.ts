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

  it.each(['/', '/v1', '/v2/careers', '/v1/careers/', `/v1/careers/${career}/schools/more`, '/v1/careers/%E0%A4%A'])(
    'returns ROUTE_NOT_FOUND for %s',
    async (path) => {
      const { status, body } = await get(path)
      expect(status).toBe(404)
      expect(body).toMatchObject({ code: 'ROUTE_NOT_FOUND' })
    },
  )

  it.each([
    ['POST', '/v1/careers', 'GET'],
    ['DELETE', '/v1/leads', 'POST'],
    ['PATCH', '/v1/ops/schools/one', 'GET, PUT, DELETE'],
    ['HEAD', '/health', 'GET'],
  ])('returns METHOD_NOT_ALLOWED for %s %s with allow: %s', async (method, path, allow) => {
    const { status, body, headers } = await system.api.call(method, path)
    expect([status, headers.allow]).toEqual([405, allow])
    expect(body).toMatchObject({ code: 'METHOD_NOT_ALLOWED' })
  })
})

describe('the API itself', () => {
  it('is healthy, and ready while its table can be read', async () => {
    expect((await get('/health')).body).toEqual({ status: 'ok' })
    expect((await get('/health/ready')).body).toEqual({ status: 'ok' })
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
