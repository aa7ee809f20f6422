import { createHash } from 'node:crypto'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 as HttpResponse } from 'aws-lambda'
import { type Problem, problems, Refusal } from '../contract/problems.ts'
import type { Route } from '../contract/route.ts'

type HandlerReply = { status: number; headers?: { [name: string]: string }; cookies?: string[]; body?: unknown }

/** Converts a handler's reply to an API Gateway response. */
export function toHttpResponse(route: Route, { status, headers = {}, cookies, body }: HandlerReply): HttpResponse {
  const contentType = route.responses[status]?.contentType ?? 'application/json'
  const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
  return {
    statusCode: status,
    headers: {
      ...securityHeaders,
      ...(text !== undefined && { 'content-type': contentType }),
      'cache-control': 'no-store',
      ...headers,
    },
    ...(cookies && { cookies }),
    ...(text !== undefined && { body: text }),
  }
}

/** Adds ETag and cache headers, and returns a 304 if the ETag matches If-None-Match. */
export function addCacheHeaders(
  route: Route,
  event: Pick<APIGatewayProxyEventV2, 'headers'>,
  response: HttpResponse,
): HttpResponse {
  if (route.cacheSeconds === undefined || response.statusCode !== 200) return response
  const etag = `"${createHash('sha256')
    .update(response.body ?? '')
    .digest('base64url')
    .slice(0, 27)}"`
  const headers: { [name: string]: string | number | boolean } = {
    ...response.headers,
    etag,
    'cache-control': `public, max-age=${route.cacheSeconds}, s-maxage=${route.cacheSeconds}, stale-while-revalidate=${route.cacheSeconds}`,
  }
  if (!matchesEtag(event.headers['if-none-match'], etag)) return { ...response, headers }
  const { 'content-type': _type, ...otherHeaders } = headers
  return { statusCode: 304, headers: otherHeaders }
}

/** Converts a refusal to a problem response (RFC 9457). */
export function toProblemResponse({ code, detail, errors, headers }: Refusal, instance?: string): HttpResponse {
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
    headers: {
      ...securityHeaders,
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...headers,
    },
    body: JSON.stringify(body),
  }
}

/** A fault reveals only its incident id, which is also in the log. */
export function toFaultResponse(incidentId: string): HttpResponse {
  return toProblemResponse(new Refusal('FAULT', 'The error was logged. Try again later.'), incidentId)
}

function matchesEtag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}

const securityHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
}
