import { Agent, type IncomingHttpHeaders, request as requestPlain } from 'node:http'
import { request as requestTls, Agent as TlsAgent } from 'node:https'
import { text } from 'node:stream/consumers'

/** Posts a body and returns the whole response. @throws Error without one */
export type SendHttp = (request: {
  url: string
  headers: { [name: string]: string }
  body: string
}) => Promise<{ status: number; headers: { date?: string | undefined }; body: string }>

/** Connections are kept, and a response that takes longer than the timeout is an error. */
export function createSendHttp({ timeoutMs }: { timeoutMs: number }): SendHttp {
  const agents = { 'https:': new TlsAgent({ keepAlive: true }), 'http:': new Agent({ keepAlive: true }) }
  return async ({ url, headers, body }) => {
    const signal = AbortSignal.timeout(timeoutMs)
    const isTls = url.startsWith('https:')
    const request = isTls ? requestTls : requestPlain
    const length = String(Buffer.byteLength(body))
    const { promise, resolve, reject } = Promise.withResolvers<Response>()
    request(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': length },
        agent: agents[isTls ? 'https:' : 'http:'],
        signal,
      },
      (response) => {
        const { statusCode: status = 0, headers: responseHeaders } = response
        text(response).then((responseBody) => resolve({ status, headers: responseHeaders, body: responseBody }), reject)
      },
    )
      .on('error', reject)
      .end(body)
    return promise
  }
}

type Response = { status: number; headers: IncomingHttpHeaders; body: string }
