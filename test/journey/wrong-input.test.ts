import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { type ProblemCode, problem, problems } from '#shared/contract/problems.ts'
import { createVisitor } from './create-visitor.ts'

type Match = Awaited<ReturnType<ReturnType<typeof createVisitor>['match']>>
type WrongRequest = {
  method?: string
  path?: string
  headers?: { [name: string]: string | undefined }
  body?: string
  more?: object
}

const hour = 60 * 60 * 1000
let now = new Date()
let host: Host
let page: ReturnType<typeof createVisitor>
let match: Match
let expired: Match
beforeAll(async () => {
  host = await startHost({ port: 0, now: () => now })
  page = createVisitor(host)
  const today = now
  now = new Date(today.getTime() - 3 * hour)
  expired = await page.match()
  now = today
  match = await page.match()
})
afterAll(() => host.close())

describe('an invalid lead request', () => {
  it.each<[string, ProblemCode, () => WrongRequest]>([
    ['malformed JSON', 'MALFORMED_JSON', () => ({ body: '{"matchId":' })],
    ['another type', 'UNSUPPORTED_MEDIA_TYPE', () => ({ headers: { 'content-type': 'text/plain' } })],
    ['no type', 'UNSUPPORTED_MEDIA_TYPE', () => ({ headers: { 'content-type': undefined } })],
    ['an unknown field', 'INVALID_REQUEST', () => ({ more: { favouriteColour: 'green' } })],
    ['a body over 64 KiB', 'BODY_TOO_LARGE', () => ({ more: { utm: { source: 'x'.repeat(66_000) } } })],
    ['an unknown path', 'ROUTE_NOT_FOUND', () => ({ path: '/v1/leeds' })],
    ['a wrong method', 'METHOD_NOT_ALLOWED', () => ({ method: 'PUT' })],
    ['no key', 'KEY_REQUIRED', () => ({ headers: { 'x-source-key': undefined } })],
    ['a mistyped key', 'KEY_INVALID', () => ({ headers: { 'x-source-key': 'pk_mistyped' } })],
    ['a staff key in its place', 'KEY_INVALID', () => ({ headers: { 'x-source-key': host.keys.operator } })],
    ['no Idempotency-Key', 'IDEMPOTENCY_KEY_REQUIRED', () => ({ headers: { 'idempotency-key': undefined } })],
    ['an expired matchId', 'MATCH_EXPIRED', () => ({ more: { matchId: expired.matchId } })],
    ['a forged matchId', 'MATCH_INVALID', () => ({ more: { matchId: forgeToken(match.matchId) } })],
    [
      'consent to another text',
      'CONSENT_MISMATCH',
      () => ({ more: { consent: { granted: true, sha256: '0'.repeat(64) } } }),
    ],
    [
      'no consent',
      'INVALID_REQUEST',
      () => ({ more: { consent: { granted: false, sha256: match.disclosure.sha256 } } }),
    ],
    ['a school that was not shown', 'SCHOOL_UNKNOWN', () => ({ more: { schoolIds: ['elsewhere'] } })],
    [
      'an invalid phone number',
      'INVALID_REQUEST',
      () => ({ more: { contact: { ...page.form(match).contact, phone: '964523331' } } }),
    ],
  ])('with %s gets %s', async (_, code, buildRequest) => {
    const response = await send(buildRequest())
    expect(await parseProblem(response)).toMatchObject({ code, status: problems[code].status })
  })

  it('gets 422 if its Idempotency-Key was used with another body, and the first lead stays', async () => {
    const form = page.form(match)
    const first = await page.send(form, 'used-twice')
    const conflict = await page.send(page.form(match), 'used-twice')
    expect(conflict.problem?.code).toBe('IDEMPOTENCY_KEY_REUSED')
    expect((await page.send(form, 'used-twice')).text).toBe(first.text)
  })

  it('gets the pointer of each invalid field', async () => {
    const { errors } = await parseProblem(await send({ more: { favouriteColour: 'green' } }))
    expect(errors).toEqual([expect.objectContaining({ pointer: '/favouriteColour', code: 'unknown_field' })])
  })

  it('gets the allowed methods of a path', async () => {
    expect((await send({ method: 'DELETE' })).headers.get('allow')).toBe('POST, OPTIONS')
  })
})

describe('staff routes', () => {
  it.each([
    ['no key', undefined, 'KEY_REQUIRED'],
    ['the key of a landing page', () => host.keys.source, 'KEY_INVALID'],
  ])('refuse %s', async (_, key, code) => {
    const headers = key && { authorization: `Bearer ${key()}` }
    const response = await fetch(`${host.urls.api}/v1/ops/leads`, { ...(headers && { headers }) })
    expect(await parseProblem(response)).toMatchObject({ status: 401, code })
  })
})

function send({ method = 'POST', path = '/v1/leads', headers = {}, body, more = {} }: WrongRequest) {
  const defaultHeaders = {
    'content-type': 'application/json',
    'idempotency-key': crypto.randomUUID(),
    'x-source-key': host.keys.source,
  }
  const definedHeaders = Object.entries({ ...defaultHeaders, ...headers }).flatMap(
    ([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]),
  )
  const requestBody = body ?? JSON.stringify({ ...page.form(match), ...more })
  // Bytes, not text, since fetch names the type of text by itself.
  return fetch(`${host.urls.api}${path}`, {
    method,
    headers: definedHeaders,
    body: new TextEncoder().encode(requestBody),
  })
}

async function parseProblem(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const problemBody = problem.parse(await response.json())
  expect(problemBody.status).toBe(response.status)
  return problemBody
}

/** The same token with another letter in the middle of what it says. */
function forgeToken(token: string): string {
  const [head, content = '', signature] = token.split('.')
  const middle = content.charAt(20) === 'A' ? 'B' : 'A'
  return [head, `${content.slice(0, 20)}${middle}${content.slice(21)}`, signature].join('.')
}
