import { describe, expect, it } from 'vitest'
import { toApiEvent } from '#local/http/to-api-event.ts'
import { findRoute } from '#shared/contract/find-route.ts'
import { aRequest } from '../a-request.ts'

const at = new Date('2026-03-12T19:03:58.390Z')

describe('API event of a request', () => {
  it('contains the caller, time and method in payload format 2.0', () => {
    const headers = [
      ['Host', 'api.example:8080'],
      ['User-Agent', 'curl/8'],
      ['X-Source-Key', 'pk_1'],
    ] as const
    const event = buildEvent({ path: '/v1/careers', query: 'limit=2', headers, ip: '127.0.0.9' })

    expect(event).toMatchObject({
      version: '2.0',
      rawPath: '/v1/careers',
      rawQueryString: 'limit=2',
      isBase64Encoded: false,
    })
    expect(event.headers).toEqual({ host: 'api.example:8080', 'user-agent': 'curl/8', 'x-source-key': 'pk_1' })
    expect(event.requestContext).toMatchObject({
      requestId: 'request-1',
      stage: '$default',
      domainName: 'api.example:8080',
      routeKey: 'GET /v1/careers',
      time: '12/Mar/2026:19:03:58 +0000',
      timeEpoch: at.getTime(),
      http: { method: 'GET', path: '/v1/careers', protocol: 'HTTP/1.1', sourceIp: '127.0.0.9', userAgent: 'curl/8' },
    })
  })

  it('takes the source IP from the connection and ignores forwarding headers', () => {
    const headers = [
      ['X-Forwarded-For', '10.0.0.1'],
      ['Forwarded', 'for=10.0.0.1'],
    ] as const
    expect(buildEvent({ headers, ip: '127.0.0.9' }).requestContext.http.sourceIp).toBe('127.0.0.9')
  })

  it.each([
    ['a route', { path: '/health' }, 'GET /health', undefined],
    ['a parameter', { path: '/v1/careers/nurse' }, 'GET /v1/careers/{slug}', { slug: 'nurse' }],
    ['an encoded parameter', { path: '/v1/careers/a%20b%2Fc' }, 'GET /v1/careers/{slug}', { slug: 'a b/c' }],
    ['another method', { method: 'PUT', path: '/v1/ops/schools/x' }, 'PUT /v1/ops/schools/{id}', { id: 'x' }],
    ['a method that the path does not have', { method: 'HEAD', path: '/health' }, '$default', undefined],
    ['an unknown path', { path: '/nowhere' }, '$default', undefined],
    ['a path that cannot be decoded', { path: '/v1/careers/%E0%A4%A' }, '$default', undefined],
  ])('has the route key and parameters of %s', (_, request, routeKey, pathParameters) => {
    const event = buildEvent(request)
    expect(event.routeKey).toBe(routeKey)
    expect(event.pathParameters).toEqual(pathParameters)
  })

  it.each([
    ['', undefined],
    ['page=2&state=TX', { page: '2', state: 'TX' }],
    ['page=1&page=2', { page: '1,2' }],
    ['q=a%20b+c%26', { q: 'a b c&' }],
    ['Page=1', { Page: '1' }],
    ['__proto__=x', Object.fromEntries([['__proto__', 'x']])],
  ])('reads the query “%s”', (query, parameters) => {
    expect(buildEvent({ query }).queryStringParameters).toEqual(parameters)
  })

  it('joins repeated headers, and lists cookies separately', () => {
    const headers = [
      ['X-A', '1'],
      ['x-a', '2'],
      ['Cookie', 'a=1; b=2'],
    ] as const
    const event = buildEvent({ headers })
    expect(event.headers).toEqual({ 'x-a': '1,2' })
    expect(event.cookies).toEqual(['a=1', 'b=2'])
  })

  it.each([
    ['application/json', '{"a":1}', '{"a":1}', false],
    ['application/json; charset=utf-8', '“”', '“”', false],
    ['text/plain', 'hello', 'hello', false],
    ['application/x-www-form-urlencoded', 'a=1', 'YT0x', true],
    ['application/problem+json', '{}', 'e30=', true],
    ['', '{}', 'e30=', true],
    ['application/json', '', undefined, false],
    ['application/json; charset="UTF-8"', '{}', '{}', false],
    ['application/json; charset=iso-8859-1', '{}', 'e30=', true],
    ['application/json', Buffer.from('{"a":"\xe9"}', 'latin1'), 'eyJhIjoi6SJ9', true],
  ])('encodes a body of type “%s” as API Gateway does', (type, body, expectedBody, isBase64Encoded) => {
    const event = buildEvent({ method: 'POST', path: '/v1/leads', body, headers: type ? [['Content-Type', type]] : [] })
    expect([event.body, event.isBase64Encoded]).toEqual([expectedBody, isBase64Encoded])
  })

  it('decodes the path as an HTTP API does, and leaves the query unchanged', () => {
    const event = buildEvent({ path: '/a%20b', query: 'c=%20d' })
    expect([event.rawPath, event.requestContext.http.path, event.rawQueryString]).toEqual(['/a b', '/a b', 'c=%20d'])
  })
})

function buildEvent(overrides: Parameters<typeof aRequest>[0]) {
  const request = aRequest(overrides)
  const routeLookup = findRoute(request.method, request.path)
  return toApiEvent(request, {
    at,
    requestId: 'request-1',
    routeMatch: 'route' in routeLookup ? routeLookup : undefined,
  })
}
