import { describe, expect, it } from 'vitest'
import { readHealth } from '#shared/contract/about.ts'
import { readCareer, readJsonld } from '#shared/contract/catalog/catalog.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { Refusal } from '#shared/contract/problems.ts'
import { addCacheHeaders, toFaultResponse, toHttpResponse, toProblemResponse } from '#shared/http/to-http-response.ts'

const response = toHttpResponse(readCareer, { status: 200, body: { slug: 'nurse' } })
const requestWithTag = (tag?: string) => ({ headers: tag === undefined ? {} : { 'if-none-match': tag } })

describe('an answer', () => {
  it('is JSON that nobody keeps, unless its route says otherwise', () => {
    expect(response).toMatchObject({ statusCode: 200, body: '{"slug":"nurse"}' })
    expect(response.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' })
    expect(toHttpResponse(readJsonld, { status: 200, body: {} }).headers?.['content-type']).toBe('application/ld+json')
  })

  it('without a body has no type', () => {
    const { headers, body } = toHttpResponse(records.schools.delete, { status: 204 })
    expect([headers?.['content-type'], body]).toEqual([undefined, undefined])
  })

  it('may have headers of its own', () => {
    expect(toHttpResponse(readHealth, { status: 200, headers: { etag: '"3"' } }).headers).toMatchObject({ etag: '"3"' })
  })
})

describe('what caches may keep', () => {
  const cached = addCacheHeaders(readCareer, requestWithTag(), response)
  const etag = String(cached.headers?.etag)

  it('has a tag by its content alone', () => {
    expect(addCacheHeaders(readCareer, requestWithTag(), response).headers?.etag).toBe(etag)
    expect(addCacheHeaders(readCareer, requestWithTag(), { ...response, body: '{}' }).headers?.etag).not.toBe(etag)
  })

  it.each([etag, `W/${etag}`, ` ${etag} `, `"a",W/"b" , ${etag}`, '*'])('is not sent to who asks with %s', (tag) => {
    expect(addCacheHeaders(readCareer, requestWithTag(tag), response)).toMatchObject({ statusCode: 304 })
  })

  it.each(['', '"a"', etag.slice(1, -1), etag.toUpperCase()])('is sent to who asks with %j', (tag) => {
    expect(addCacheHeaders(readCareer, requestWithTag(tag), response).statusCode).toBe(200)
  })

  it('is nothing but a success of a route that says so', () => {
    const missing = toProblemResponse(new Refusal('NOT_FOUND', 'No.'))
    expect(addCacheHeaders(readCareer, requestWithTag('*'), missing)).toBe(missing)
    expect(addCacheHeaders(readHealth, requestWithTag('*'), response)).toBe(response)
  })
})

describe('a refusal', () => {
  it('is told as RFC 9457 says, with its own headers', () => {
    const errors = [{ pointer: '/zip', code: 'unknown_zip', detail: 'is none' }]
    const {
      statusCode,
      headers,
      body = '',
    } = toProblemResponse(new Refusal('INVALID_REQUEST', 'See errors.', { errors, headers: { 'retry-after': '1' } }))
    expect([statusCode, headers]).toMatchObject([
      422,
      { 'content-type': 'application/problem+json', 'retry-after': '1' },
    ])
    expect(JSON.parse(body)).toEqual({
      type: '/docs#problem-INVALID_REQUEST',
      title: 'Some fields are not right',
      status: 422,
      code: 'INVALID_REQUEST',
      detail: 'See errors.',
      errors,
    })
  })

  it('of a fault tells its incident and nothing else', () => {
    const { statusCode, body = '' } = toFaultResponse('inc_1')
    expect([statusCode, JSON.parse(body)]).toMatchObject([500, { code: 'FAULT', instance: 'inc_1' }])
  })
})
