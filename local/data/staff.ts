import type { Answers } from '../http/http-server.ts'

/** Calls the API as staff do, without a wire between. @throws where it does not do as it was told. */
export type Staff = (
  method: 'GET' | 'PUT',
  path: string,
  given?: { body: unknown; ifMatch?: string },
) => Promise<unknown>

export function staff(answers: Answers, operatorKey: string): Staff {
  return async (method, target, given) => {
    const [path = '', query = ''] = target.split('?')
    const { statusCode, body = 'null' } = await answers({
      method,
      path,
      query,
      protocol: 'HTTP/1.1',
      headers: [
        ['authorization', `Bearer ${operatorKey}`],
        ['content-type', 'application/json'],
        ...(given?.ifMatch ? [['if-match', given.ifMatch] as const] : []),
      ],
      body: Buffer.from(given ? JSON.stringify(given.body) : ''),
      ip: '127.0.0.1',
    })
    if (statusCode === 200 || statusCode === 201) return JSON.parse(body)
    throw new Error(`${method} ${target} answered ${statusCode}: ${body}`)
  }
}
