import type { HttpRequest } from '#local/http/start-http-server.ts'

/** A request as it comes off the wire; a test names only what it is about. */
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
