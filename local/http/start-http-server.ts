import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { APIGatewayProxyStructuredResultV2 as HttpResponse } from 'aws-lambda'
import { Refusal } from '#shared/contract/problems.ts'
import { toFaultResponse, toProblemResponse } from '#shared/http/to-http-response.ts'
import { StartupError } from '../startup-error.ts'
import { compress } from './compress.ts'
import { ConnectionEnded, findHeadFault, type HttpRequest, readRequest } from './read-request.ts'

export type RequestHandler = (request: HttpRequest) => Promise<HttpResponse>
export type HttpServer = { port: number; close: (timeoutMs: number) => Promise<void> }

/** A request that is not complete by then is refused with 408. */
const requestTimeoutMs = 60_000

/**
 * Listens on 127.0.0.1, unless there is another `address`. `reportFault` logs a fault and returns its incident ID; its caller gets a 500.
 * @throws StartupError if the port is taken.
 */
export async function startHttpServer(
  port: number,
  handleRequest: RequestHandler,
  reportFault: (error: unknown) => string,
  address = '127.0.0.1',
): Promise<HttpServer> {
  let isClosing = false
  async function answer(incoming: IncomingMessage, outgoing: ServerResponse, onBody: () => void): Promise<void> {
    const headFault = findHeadFault(incoming)
    // Where the next request begins is not certain, so the connection ends.
    if (headFault !== undefined) return void outgoing.writeHead(headFault, { connection: 'close' }).end()
    try {
      const request = await readRequest(incoming, onBody)
      const response =
        'maxBytes' in request
          ? createTooLargeResponse(request.maxBytes)
          : await handleRequest(request).catch((error: unknown) => toFaultResponse(reportFault(error)))
      if (isClosing) outgoing.setHeader('connection', 'close')
      await writeResponse(outgoing, incoming, response)
    } catch (error) {
      // The caller closed the connection before the request was complete, so there is nothing to answer.
      if (!(error instanceof ConnectionEnded)) reportFault(error)
      outgoing.destroy()
    }
  }
  const server = createServer(
    { keepAliveTimeout: 30_000, requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs },
    (incoming, outgoing) => answer(incoming, outgoing, () => {}),
  )
  // A caller that asks first (`Expect: 100-continue`) sends no body that is refused by its length.
  server.on('checkContinue', (incoming, outgoing) => answer(incoming, outgoing, () => outgoing.writeContinue()))
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(toStartupError(error, port, address)))
    server.listen(port, address, resolve)
  })
  const bound = server.address()

  return {
    port: bound !== null && typeof bound === 'object' ? bound.port : port,
    /** Stops listening, and waits up to the given milliseconds for open requests. */
    async close(timeoutMs) {
      isClosing = true
      const closeTimer = setTimeout(() => server.closeAllConnections(), timeoutMs)
      await new Promise((resolve) => server.close(resolve))
      clearTimeout(closeTimer)
    },
  }
}

async function writeResponse(
  outgoing: ServerResponse,
  { method, headers: { 'accept-encoding': acceptEncoding } }: IncomingMessage,
  response: HttpResponse,
): Promise<void> {
  const { statusCode = 200, headers = {}, cookies = [], body = '', isBase64Encoded } = response
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) outgoing.setHeader(name, String(value))
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies)
  const plainBytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
  const encoded = await compress({ headers, bytes: plainBytes, acceptEncoding: String(acceptEncoding ?? '') })
  for (const [name, value] of Object.entries(encoded?.headers ?? {})) outgoing.setHeader(name, value)
  const bytes = encoded?.bytes ?? plainBytes
  outgoing.statusCode = statusCode
  const hasBody = statusCode !== 204 && statusCode !== 304
  if (hasBody) outgoing.setHeader('content-length', bytes.length)
  outgoing.end(hasBody && method !== 'HEAD' ? bytes : undefined)
}

function createTooLargeResponse(maxBytes: number): HttpResponse {
  return toProblemResponse(
    new Refusal('BODY_TOO_LARGE', `The body has more than ${maxBytes} bytes, which is the limit of this operation.`),
  )
}

function toStartupError(error: Error, port: number, address: string): Error {
  const code = 'code' in error ? error.code : undefined
  const hint = `Set PORT to another, such as PORT=${port < 65_535 ? port + 1 : 3001}, or PORT=0 for any free port.`
  if (code === 'EADDRINUSE') return new StartupError(`Port ${port} is already in use. ${hint}`)
  if (code === 'EACCES') return new StartupError(`Port ${port} is reserved for administrators. ${hint}`)
  if (code === 'EADDRNOTAVAIL')
    return new StartupError(
      `LISTEN_ADDRESS ${address} is not an address of this machine. Set it to 127.0.0.1 or 0.0.0.0.`,
    )
  return error
}
