import * as z from 'zod'
import { numberedPage } from '#shared/contract/catalog/catalog.ts'
import { listProblems } from '#shared/contract/list-problems.ts'
import { cursorPage } from '#shared/contract/paging.ts'
import type { ResponseShape, Route } from '#shared/contract/route.ts'

const schema = { type: 'string' as const }

/** The response headers of the API. The shape of a route decides which of them it sends. */
export const headers = {
  CachedETag: { description: 'A strong validator; send it back in `If-None-Match`.', schema },
  RecordETag: { description: 'The version, quoted; send it back in `If-Match`.', schema, example: '"3"' },
  NoStore: { description: 'Always `no-store`.', schema },
  Link: { description: 'The next and previous pages (RFC 8288), with `rel` `next` and `prev`.', schema },
  RetryAfter: { description: 'How many seconds to wait before sending the same request again, if known.', schema },
  RateLimit: {
    description:
      'The remaining requests of each limit, and the seconds until more are available (draft-ietf-httpapi-ratelimit-headers). Absent if no limit applies.',
    schema,
    example: '"source";r=57;t=42',
  },
  RateLimitPolicy: {
    description: 'Each limit: the number of requests (`q`) allowed in a window of seconds (`w`).',
    schema,
    example: '"source";q=60;w=60',
  },
  IdempotencyReplayed: {
    description: '`true` if this repeats the response to an earlier request with the same key.',
    schema: { ...schema, const: 'true' },
  },
}

type HeaderName = keyof typeof headers

/** Returns the headers of a successful response. */
export function toResponseHeaders(route: Route, status: number, { body }: ResponseShape) {
  const fields: { [name: string]: unknown } = body instanceof z.ZodObject ? body.shape : {}
  const { page } = fields
  const isList = page === cursorPage || page === numberedPage
  return {
    'Cache-Control': route.cacheSeconds
      ? { description: `Shared caches may store the response for ${route.cacheSeconds} seconds.`, schema }
      : ref('NoStore'),
    ...(route.cacheSeconds !== undefined && { ETag: ref('CachedETag') }),
    ...('version' in fields && 'updatedAt' in fields && { ETag: ref('RecordETag') }),
    ...(listProblems(route).includes('TOO_MANY_REQUESTS') && rateLimits),
    ...(isList && { Link: ref('Link') }),
    ...(status === 201 &&
      'idempotency-key' in (route.headers?.shape ?? {}) && { 'Idempotency-Replayed': ref('IdempotencyReplayed') }),
  }
}

/** Returns the headers of a problem. Only 429 and 503 say when to retry. */
export function toProblemHeaders(status: number) {
  return {
    'Cache-Control': ref('NoStore'),
    ...(status === 429 && rateLimits),
    ...((status === 429 || status === 503) && { 'Retry-After': ref('RetryAfter') }),
  }
}

const rateLimits = { RateLimit: ref('RateLimit'), 'RateLimit-Policy': ref('RateLimitPolicy') }

function ref(name: HeaderName) {
  return { $ref: `#/components/headers/${name}` }
}
