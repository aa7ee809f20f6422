/**
 * What pages of other origins may do; the gateway answers preflights by it. Any page may ask, and capture then checks
 * its origin against its source. `Authorization` is not allowed, so that no page can use a school's or a staff key.
 */
export const cors = {
  origins: ['*'],
  methods: ['GET', 'POST'],
  requestHeaders: ['content-type', 'idempotency-key', 'traceparent', 'x-source-key'],
  responseHeaders: ['idempotency-replayed', 'etag', 'link', 'retry-after', 'ratelimit', 'ratelimit-policy'],
  maxAgeSeconds: 2 * 60 * 60,
} as const
