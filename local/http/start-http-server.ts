import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { APIGatewayProxyStructuredResultV2 as HttpResponse } from 'aws-lambda'
import { Refusal } from '#shared/contract/problems.ts'
import { toProblemResponse } from '#shared/http/to-http-response.ts'
import { StartupError } from '../startup-error.ts'

/** An HTTP request. `path` is still encoded; `query` has no question mark. */
export type HttpRequest = {
  method: string
  path: string
  query: string
  protocol: string
  headers: readonly (readonly [name: string, value: string])[]
  body: Buffer
  ip: string
}
export type RequestHandler = (request: HttpRequest) => Promise<HttpResponse>
export type HttpServer = { port: number; close: (timeoutMs: number) => Promise<void> }

/** API Gateway's limit. */
const maxBytes = 10 * 1024 * 1024

/** Listens on 127.0.0.1. @throws StartupError if the port is taken. */
export async function startHttpServer(port: number, handleRequest: RequestHandler): Promise<HttpServer> {
  let isClosing = false
  const server = createServer({ keepAliveTimeout: 30_000 }, async (incoming, outgoing) => {
    try {
      const request = await readRequest(incoming)
      const response = request ? await handleRequest(request) : createTooLargeResponse()
      if (isClosing) outgoing.setHeader('connection', 'close')
      writeResponse(outgoing, incoming.method, response)
    } catch {
      // The caller closed the connection, so no response can be sent.
      outgoing.destroy()
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(toStartupError(error, port)))
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()

  return {
    port: address !== null && typeof address === 'object' ? address.port : port,
    /** Stops listening, and waits up to the given milliseconds for open requests. */
    async close(timeoutMs) {
      isClosing = true
      const closeTimer = setTimeout(() => server.closeAllConnections(), timeoutMs)
      await new Promise((resolve) => server.close(resolve))
      clearTimeout(closeTimer)
    },
  }
}

async function readRequest(incoming: IncomingMessage): Promise<HttpRequest | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of incoming) {
    bytes += chunk.length
    // Reads and discards the rest, because a client that is still sending does not read the response.
    if (bytes <= maxBytes) chunks.push(chunk)
  }
  if (bytes > maxBytes) return undefined
  const { method = 'GET', url: target = '/', httpVersion, rawHeaders, socket } = incoming
  const queryStart = target.indexOf('?')
  return {
    method,
    path: queryStart < 0 ? target : target.slice(0, queryStart),
    query: queryStart < 0 ? '' : target.slice(queryStart + 1),
    protocol: `HTTP/${httpVersion}`,
    headers: rawHeaders.flatMap((name, index) =>
      index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : [],
    ),
    body: Buffer.concat(chunks),
    ip: socket.remoteAddress ?? '127.0.0.1',
  }
}

function writeResponse(outgoing: ServerResponse, method: string | undefined, response: HttpResponse): void {
  const { statusCode = 200, headers = {}, cookies = [], body = '', isBase64Encoded } = response
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) outgoing.setHeader(name, String(value))
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies)
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
  outgoing.statusCode = statusCode
  const hasBody = statusCode !== 204 && statusCode !== 304
  if (hasBody) outgoing.setHeader('content-length', bytes.length)
  outgoing.end(hasBody && method !== 'HEAD' ? bytes : undefined)
}

function createTooLargeResponse(): HttpResponse {
  return toProblemResponse(new Refusal('BODY_TOO_LARGE', `The body has more than ${maxBytes} bytes.`))
}

function toStartupError(error: Error, port: number): Error {
  const code = 'code' in error ? error.code : undefined
  const hint = `Set PORT to another, e.g. PORT=${port < 65_535 ? port + 1 : 3001} npm start, or PORT=0 for any free one.`
  if (code === 'EADDRINUSE') return new StartupError(`Port ${port} is taken. ${hint}`)
  if (code === 'EACCES') return new StartupError(`Port ${port} is reserved for administrators. ${hint}`)
  return error
}
