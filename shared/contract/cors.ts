/**
 * CORS settings, from which the gateway answers preflights. Any origin is allowed, and capture then checks the origin
 * against the source. `Authorization` is not allowed, so that no page can use a school or staff key.
 */
export const cors = {
  origins: ['*'],
  methods: ['GET', 'POST'],
  requestHeaders: ['content-type', 'idempotency-key', 'traceparent', 'x-source-key'],
  responseHeaders: ['idempotency-replayed', 'etag', 'link', 'retry-after', 'ratelimit', 'ratelimit-policy'],
  maxAgeSeconds: 2 * 60 * 60,
} as const
