import type { APIGatewayProxyStructuredResultV2 as HttpResponse } from 'aws-lambda'
import { beforeEach, describe, expect, it } from 'vitest'
import { createResponseCache } from '#local/http/create-response-cache.ts'
import { toApiEvent } from '#local/http/to-api-event.ts'
import { readHealth } from '#shared/contract/about.ts'
import { listSchools } from '#shared/contract/catalog/catalog.ts'
import type { Route } from '#shared/contract/route.ts'
import { addCacheHeaders } from '#shared/http/to-http-response.ts'
import { aRequest } from '../a-request.ts'

let now = new Date('2026-11-23T10:00:00Z')
let functionCalls: string[] = []
let cache = createResponseCache({ now: () => now })
beforeEach(() => {
  now = new Date('2026-11-23T10:00:00Z')
  functionCalls = []
  cache = createResponseCache({ now: () => now, maxEntries: 3 })
})

describe('response cache', () => {
  it('calls the function once per s-maxage, and sends the age', async () => {
    expect((await get('page=1')).headers?.age).toBeUndefined()
    advanceSeconds(59)
    expect((await get('page=1')).headers?.age).toBe(59)
    advanceSeconds(1)
    expect((await get('page=1')).headers?.age).toBeUndefined()
    expect(functionCalls).toHaveLength(2)
  })

  it('shows nothing for longer because the clock was set back', async () => {
    await get('page=1')
    advanceSeconds(-3600)
    expect((await get('page=1')).headers?.age).toBeUndefined()
    expect(functionCalls).toHaveLength(2)
  })

  it('uses the path and the listed query parameters, in any order, as its key', async () => {
    await get('page=1&state=TX')
    await get('state=TX&page=1')
    await get('page=2&state=TX')
    await get('page=1&state=TX', { path: '/v1/careers/other/schools' })
    expect(functionCalls).toHaveLength(3)
  })

  it('does not cache a request with a query parameter that the route does not list', async () => {
    await get('utm=x')
    await get('utm=x')
    expect(functionCalls).toHaveLength(2)
  })

  it('responds with 304 to a current ETag, both from the cache and from the function', async () => {
    const etag = String((await get('')).headers?.etag)
    const again = await get('', { ifNoneMatch: etag })
    expect([again.statusCode, again.body, again.headers?.etag]).toEqual([304, undefined, etag])
    cache.clear()
    expect((await get('', { ifNoneMatch: etag })).statusCode).toBe(304)
    expect((await get('', { ifNoneMatch: '"other"' })).statusCode).toBe(200)
    expect(functionCalls).toHaveLength(2)
  })

  it('caches neither errors nor routes that must not be cached', async () => {
    for (const _ of [1, 2])
      await get('', { response: { statusCode: 404, headers: { 'cache-control': 's-maxage=60' } } })
    for (const _ of [1, 2]) await get('', { route: readHealth })
    expect(functionCalls).toHaveLength(4)
  })

  it('drops all responses when it is cleared, and those that were in flight', async () => {
    await cache.getResponse(listSchools, buildEvent('page=1'), async (event) => {
      cache.clear()
      return buildResponse(event, 'old')
    })
    expect((await get('page=1')).body).toBe('{"page":"page=1"}')
    expect(functionCalls).toHaveLength(1)
  })

  it('drops the oldest response when it is full', async () => {
    for (const page of [1, 2, 3, 4, 1]) await get(`page=${page}`)
    expect(functionCalls).toEqual(['page=1', 'page=2', 'page=3', 'page=4', 'page=1'])
    await get('page=4')
    expect(functionCalls).toHaveLength(5)
  })
})

type RequestOptions = { path?: string; ifNoneMatch?: string; response?: HttpResponse; route?: Route }

function get(query: string, { route = listSchools, response, ...options }: RequestOptions = {}) {
  return cache.getResponse(route, buildEvent(query, options), async (event) => {
    functionCalls.push(query)
    return response ?? buildResponse(event, JSON.stringify({ page: query }))
  })
}

function buildEvent(query: string, { path = '/v1/careers/nurse/schools', ifNoneMatch }: RequestOptions = {}) {
  const headers = ifNoneMatch ? [['If-None-Match', ifNoneMatch] as const] : []
  return toApiEvent(aRequest({ path, query, headers }), { at: now, requestId: 'request-1' })
}

function buildResponse(event: Parameters<typeof addCacheHeaders>[1], body: string): HttpResponse {
  return addCacheHeaders(listSchools, event, { statusCode: 200, headers: {}, body })
}

function advanceSeconds(seconds: number) {
  now = new Date(now.getTime() + seconds * 1000)
}
