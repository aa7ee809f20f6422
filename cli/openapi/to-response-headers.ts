import * as z from 'zod'
import { numberedPage } from '#shared/contract/catalog/catalog.ts'
import { listProblems } from '#shared/contract/list-problems.ts'
import { cursorPage } from '#shared/contract/paging.ts'
import type { ResponseShape, Route } from '#shared/contract/route.ts'

const schema = { type: 'string' as const }

/** What answers say in headers. A route's shape tells which of them it sends. */
export const headers = {
  CachedETag: { description: 'A strong validator; send it back in `If-None-Match`.', schema },
  RecordETag: { description: 'The version, quoted; send it back in `If-Match`.', schema, example: '"3"' },
  NoStore: { description: 'Always `no-store`.', schema },
  Link: { description: 'The pages beside this one (RFC 8288), with `rel` `next` and `prev`.', schema },
  RetryAfter: { description: 'Seconds after which to send the same request again, where they are known.', schema },
  RateLimit: {
    description:
      'How much is left of each limit, and in how many seconds more comes back (draft-ietf-httpapi-ratelimit-headers). Absent where no limit is stated.',
    schema,
    example: '"source";r=57;t=42',
  },
  RateLimitPolicy: {
    description: 'Each limit: so many requests in any so many seconds.',
    schema,
    example: '"source";q=60;w=60',
  },
  IdempotencyReplayed: {
    description: '`true` where the answer to an earlier call with the same key is given again.',
    schema: { ...schema, const: 'true' },
  },
}

type HeaderName = keyof typeof headers

export function toResponseHeaders(route: Route, status: number, { body }: ResponseShape) {
  const fields: { [name: string]: unknown } = body instanceof z.ZodObject ? body.shape : {}
  const { page } = fields
  const isList = page === cursorPage || page === numberedPage
  return {
    'Cache-Control': route.cacheSeconds
      ? { description: `Shared caches keep it for ${route.cacheSeconds} seconds.`, schema }
      : ref('NoStore'),
    ...(route.cacheSeconds !== undefined && { ETag: ref('CachedETag') }),
    ...('version' in fields && 'updatedAt' in fields && { ETag: ref('RecordETag') }),
    ...(listProblems(route).includes('TOO_MANY_REQUESTS') && rateLimits),
    ...(isList && { Link: ref('Link') }),
    ...(status === 201 &&
      'idempotency-key' in (route.headers?.shape ?? {}) && { 'Idempotency-Replayed': ref('IdempotencyReplayed') }),
  }
}

/** Those of a problem: only what passes by itself says when. */
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
