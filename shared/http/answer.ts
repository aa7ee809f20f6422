import { createHash } from 'node:crypto'
import type { APIGatewayProxyStructuredResultV2 as Answer, APIGatewayProxyEventV2 } from 'aws-lambda'
import { type Problem, problems, Refusal } from '../contract/problems.ts'
import type { Route } from '../contract/route.ts'

type Replied = { status: number; headers?: { [name: string]: string }; body?: unknown }

/** Turns what a story replies into what API Gateway sends. */
export function answer(route: Route, { status, headers = {}, body }: Replied): Answer {
  const contentType = route.responses[status]?.contentType ?? 'application/json'
  const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
  return {
    statusCode: status,
    headers: {
      ...protective,
      ...(text !== undefined && { 'content-type': contentType }),
      'cache-control': 'no-store',
      ...headers,
    },
    ...(text !== undefined && { body: text }),
  }
}

/** Lets caches keep the answer, and answers 304 where the caller has it already. */
export function cacheable(route: Route, event: Pick<APIGatewayProxyEventV2, 'headers'>, given: Answer): Answer {
  if (route.cacheSeconds === undefined || given.statusCode !== 200) return given
  const etag = `"${createHash('sha256')
    .update(given.body ?? '')
    .digest('base64url')
    .slice(0, 27)}"`
  const headers: { [name: string]: string | number | boolean } = {
    ...given.headers,
    etag,
    'cache-control': `public, max-age=${route.cacheSeconds}, s-maxage=${route.cacheSeconds}, stale-while-revalidate=${route.cacheSeconds}`,
  }
  if (!matches(event.headers['if-none-match'], etag)) return { ...given, headers }
  const { 'content-type': _type, ...kept } = headers
  return { statusCode: 304, headers: kept }
}

/** A refusal as RFC 9457 tells it. */
export function refuse({ code, detail, errors, headers }: Refusal, instance?: string): Answer {
  const { status, title } = problems[code]
  const body: Problem = {
    type: `/docs#problem-${code}`,
    title,
    status,
    code,
    detail,
    ...(instance && { instance }),
    ...(errors.length > 0 && { errors }),
  }
  return {
    statusCode: status,
    headers: { ...protective, 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  }
}

/** A fault shows nothing of its inside: an incident id, by which the log knows it. */
export function fault(incidentId: string): Answer {
  return refuse(new Refusal('FAULT', 'It has been noted. Trying again later may help.'), incidentId)
}

function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}

const protective = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
}
