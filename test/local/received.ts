import type { Received } from '#local/http/http-server.ts'

/** A request as it comes off the wire; a test names only what it is about. */
export function received(given: Partial<Omit<Received, 'body'>> & { body?: string | Buffer } = {}): Received {
  const { body = '', ...rest } = given
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
