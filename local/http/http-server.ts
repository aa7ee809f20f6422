import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { APIGatewayProxyStructuredResultV2 as Answer } from 'aws-lambda'
import { Refusal } from '#shared/contract/problems.ts'
import { refuse } from '#shared/http/answer.ts'
import { CannotStart } from '../cannot-start.ts'

/** A request as it came over the wire. `path` is still encoded; `query` is without its question mark. */
export type Received = {
  method: string
  path: string
  query: string
  protocol: string
  headers: readonly (readonly [name: string, value: string])[]
  body: Buffer
  ip: string
}
export type Answers = (received: Received) => Promise<Answer>
export type HttpServer = { port: number; close: (patienceMs: number) => Promise<void> }

/** As much as API Gateway takes. */
const mostBytes = 10 * 1024 * 1024

/** Serves on this machine alone. @throws CannotStart where the port is taken. */
export async function httpServer(port: number, answers: Answers): Promise<HttpServer> {
  let closing = false
  const server = createServer({ keepAliveTimeout: 30_000 }, async (request, response) => {
    try {
      const received = await receive(request)
      const answer = received ? await answers(received) : tooLarge()
      if (closing) response.setHeader('connection', 'close')
      write(response, request.method, answer)
    } catch {
      // The caller hung up: nobody is left to answer.
      response.destroy()
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(told(error, port)))
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()

  return {
    port: address !== null && typeof address === 'object' ? address.port : port,
    /** Lets what is under way finish, for as long as `patienceMs`. */
    async close(patienceMs) {
      closing = true
      const patience = setTimeout(() => server.closeAllConnections(), patienceMs)
      await new Promise((resolve) => server.close(resolve))
      clearTimeout(patience)
    },
  }
}

async function receive(request: IncomingMessage): Promise<Received | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    // The rest is read and thrown away: a caller that is still sending does not read answers.
    if (bytes <= mostBytes) chunks.push(chunk)
  }
  if (bytes > mostBytes) return undefined
  const { method = 'GET', url: target = '/', httpVersion, rawHeaders, socket } = request
  const question = target.indexOf('?')
  return {
    method,
    path: question < 0 ? target : target.slice(0, question),
    query: question < 0 ? '' : target.slice(question + 1),
    protocol: `HTTP/${httpVersion}`,
    headers: rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : [])),
    body: Buffer.concat(chunks),
    ip: socket.remoteAddress ?? '127.0.0.1',
  }
}

function write(response: ServerResponse, method: string | undefined, answer: Answer): void {
  const { statusCode = 200, headers = {}, cookies = [], body = '', isBase64Encoded } = answer
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, String(value))
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
  response.statusCode = statusCode
  const hasBody = statusCode !== 204 && statusCode !== 304
  if (hasBody) response.setHeader('content-length', bytes.length)
  response.end(hasBody && method !== 'HEAD' ? bytes : undefined)
}

function tooLarge(): Answer {
  return refuse(new Refusal('BODY_TOO_LARGE', `The body has more than ${mostBytes} bytes.`))
}

function told(error: Error, port: number): Error {
  const code = 'code' in error ? error.code : undefined
  const mend = `Set PORT to another, e.g. PORT=${port < 65_535 ? port + 1 : 3001} npm start, or PORT=0 for any free one.`
  if (code === 'EADDRINUSE') return new CannotStart(`Port ${port} is taken. ${mend}`)
  if (code === 'EACCES') return new CannotStart(`Port ${port} is reserved for administrators. ${mend}`)
  return error
}
