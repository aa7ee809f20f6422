import { describe, expect, it } from 'vitest'
import { readHealth } from '#shared/contract/about.ts'
import { readCareer, readJsonld } from '#shared/contract/catalog/catalog.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { Refusal } from '#shared/contract/problems.ts'
import { addCacheHeaders, toFaultResponse, toHttpResponse, toProblemResponse } from '#shared/http/to-http-response.ts'

const response = toHttpResponse(readCareer, { status: 200, body: { slug: 'nurse' } })
const requestWithTag = (tag?: string) => ({ headers: tag === undefined ? {} : { 'if-none-match': tag } })

describe('toHttpResponse', () => {
  it('returns JSON with no-store by default', () => {
    expect(response).toMatchObject({ statusCode: 200, body: '{"slug":"nurse"}' })
    expect(response.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' })
    expect(toHttpResponse(readJsonld, { status: 200, body: {} }).headers?.['content-type']).toBe('application/ld+json')
  })

  it('sends no content type without a body', () => {
    const { headers, body } = toHttpResponse(records.schools.delete, { status: 204 })
    expect([headers?.['content-type'], body]).toEqual([undefined, undefined])
  })

  it('keeps the headers of the reply', () => {
    expect(toHttpResponse(readHealth, { status: 200, headers: { etag: '"3"' } }).headers).toMatchObject({ etag: '"3"' })
  })
})

describe('addCacheHeaders', () => {
  const cached = addCacheHeaders(readCareer, requestWithTag(), response)
  const etag = String(cached.headers?.etag)

  it('derives the ETag from the content only', () => {
    expect(addCacheHeaders(readCareer, requestWithTag(), response).headers?.etag).toBe(etag)
    expect(addCacheHeaders(readCareer, requestWithTag(), { ...response, body: '{}' }).headers?.etag).not.toBe(etag)
  })

  it.each([etag, `W/${etag}`, ` ${etag} `, `"a",W/"b" , ${etag}`, '*'])('returns 304 for If-None-Match %s', (tag) => {
    expect(addCacheHeaders(readCareer, requestWithTag(tag), response)).toMatchObject({ statusCode: 304 })
  })

  it.each(['', '"a"', etag.slice(1, -1), etag.toUpperCase()])('returns 200 for If-None-Match %j', (tag) => {
    expect(addCacheHeaders(readCareer, requestWithTag(tag), response).statusCode).toBe(200)
  })

  it('changes only successes of cacheable routes', () => {
    const missing = toProblemResponse(new Refusal('NOT_FOUND', 'No.'))
    expect(addCacheHeaders(readCareer, requestWithTag('*'), missing)).toBe(missing)
    expect(addCacheHeaders(readHealth, requestWithTag('*'), response)).toBe(response)
  })
})

describe('toProblemResponse', () => {
  it('returns a problem as of RFC 9457 with the headers of the refusal', () => {
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
      title: 'Validation failed',
      status: 422,
      code: 'INVALID_REQUEST',
      detail: 'See errors.',
      errors,
    })
  })

  it('reveals only the incident id of a fault', () => {
    const { statusCode, body = '' } = toFaultResponse('inc_1')
    expect([statusCode, JSON.parse(body)]).toMatchObject([500, { code: 'FAULT', instance: 'inc_1' }])
  })
})
