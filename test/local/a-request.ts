import type { HttpRequest } from '#local/http/read-request.ts'

/** Returns a plain HTTP request with overrides. */
export function aRequest(overrides: Partial<Omit<HttpRequest, 'body'>> & { body?: string | Buffer } = {}): HttpRequest {
  const { body = '', ...rest } = overrides
  return {
    method: 'GET',
    path: '/',
    query: '',
    protocol: 'HTTP/1.1',
    headers: [['Host', '127.0.0.1:3000']],
    ip: '127.0.0.1',
    ...rest,
    body: Buffer.from(body),
  }
}
