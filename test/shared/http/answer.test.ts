import { describe, expect, it } from 'vitest'
import { readHealth } from '#shared/contract/about.ts'
import { readCareer, readJsonld } from '#shared/contract/catalog/catalog.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { Refusal } from '#shared/contract/problems.ts'
import { answer, cacheable, fault, refuse } from '#shared/http/answer.ts'

const given = answer(readCareer, { status: 200, body: { slug: 'nurse' } })
const asked = (tag?: string) => ({ headers: tag === undefined ? {} : { 'if-none-match': tag } })

describe('an answer', () => {
  it('is JSON that nobody keeps, unless its route says otherwise', () => {
    expect(given).toMatchObject({ statusCode: 200, body: '{"slug":"nurse"}' })
    expect(given.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' })
    expect(answer(readJsonld, { status: 200, body: {} }).headers?.['content-type']).toBe('application/ld+json')
  })

  it('without a body has no type', () => {
    const { headers, body } = answer(records.schools.delete, { status: 204 })
    expect([headers?.['content-type'], body]).toEqual([undefined, undefined])
  })

  it('may have headers of its own', () => {
    expect(answer(readHealth, { status: 200, headers: { etag: '"3"' } }).headers).toMatchObject({ etag: '"3"' })
  })
})

describe('what caches may keep', () => {
  const kept = cacheable(readCareer, asked(), given)
  const etag = String(kept.headers?.etag)

  it('has a tag by its content alone', () => {
    expect(cacheable(readCareer, asked(), given).headers?.etag).toBe(etag)
    expect(cacheable(readCareer, asked(), { ...given, body: '{}' }).headers?.etag).not.toBe(etag)
  })

  it.each([etag, `W/${etag}`, ` ${etag} `, `"a",W/"b" , ${etag}`, '*'])('is not sent to who asks with %s', (tag) => {
    expect(cacheable(readCareer, asked(tag), given)).toMatchObject({ statusCode: 304 })
  })

  it.each(['', '"a"', etag.slice(1, -1), etag.toUpperCase()])('is sent to who asks with %j', (tag) => {
    expect(cacheable(readCareer, asked(tag), given).statusCode).toBe(200)
  })

  it('is nothing but a success of a route that says so', () => {
    const missing = refuse(new Refusal('NOT_FOUND', 'No.'))
    expect(cacheable(readCareer, asked('*'), missing)).toBe(missing)
    expect(cacheable(readHealth, asked('*'), given)).toBe(given)
  })
})

describe('a refusal', () => {
  it('is told as RFC 9457 says, with its own headers', () => {
    const errors = [{ pointer: '/zip', code: 'unknown_zip', detail: 'is none' }]
    const {
      statusCode,
      headers,
      body = '',
    } = refuse(new Refusal('INVALID_REQUEST', 'See errors.', { errors, headers: { 'retry-after': '1' } }))
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
    const { statusCode, body = '' } = fault('inc_1')
    expect([statusCode, JSON.parse(body)]).toMatchObject([500, { code: 'FAULT', instance: 'inc_1' }])
  })
})
