import type { RequestHandler } from '../http/start-http-server.ts'

/**
 * Calls the API with a staff key, in this process. `overwrite`: a record that exists is replaced.
 * @throws Error if the response is not a success.
 */
export type StaffCall = (
  method: 'GET' | 'PUT',
  path: string,
  payload?: { body: unknown; ifMatch?: string; overwrite?: true },
) => Promise<unknown>

export function createStaffCall(handleRequest: RequestHandler, operatorKey: string): StaffCall {
  return async function callAsStaff(method, target, payload): Promise<unknown> {
    const [path = '', query = ''] = target.split('?')
    const { statusCode, body = 'null' } = await handleRequest({
      method,
      path,
      query,
      protocol: 'HTTP/1.1',
      headers: [
        ['authorization', `Bearer ${operatorKey}`],
        ['content-type', 'application/json'],
        ...(payload?.ifMatch ? [['if-match', payload.ifMatch] as const] : []),
      ],
      body: Buffer.from(payload ? JSON.stringify(payload.body) : ''),
      ip: '127.0.0.1',
    })
    if (statusCode === 200 || statusCode === 201) return JSON.parse(body)
    if (statusCode === 428 && payload?.overwrite)
      return callAsStaff(method, target, { body: payload.body, ifMatch: '*' })
    throw new Error(`${method} ${target} answered ${statusCode}: ${body}`)
  }
}
