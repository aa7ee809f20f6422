import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { findRoute } from '#shared/contract/find-route.ts'
import { getMaxSentBytes, maxBodyBytes } from '#shared/contract/route.ts'

/** An HTTP request. `path` is still encoded; `query` has no question mark. A HEAD request is read as GET. */
export type HttpRequest = {
  method: string
  path: string
  query: string
  protocol: string
  headers: readonly (readonly [name: string, value: string])[]
  body: Buffer
  ip: string
}

/** The pages of this host have no route: forms, and webhooks to the sample school. */
const maxPageBodyBytes = 256 * 1024
/** How much of a refused body is read on, and for how long, so that its sender gets to read the response. */
const maxDiscardedBytes = 16 * 1024 * 1024
const maxDiscardMs = 10_000

/** The caller closed the connection, or lost it, before its request was complete. */
export class ConnectionEnded extends Error {}

/**
 * Reads a request, or `maxBytes` if its body has more. A body is refused by its Content-Length before any of it is
 * stored, and a chunked one as soon as it is too long; the rest is discarded. `onBody` runs before a body is read.
 * @throws ConnectionEnded if the connection ends before the request
 */
export async function readRequest(
  incoming: IncomingMessage,
  onBody: () => void,
): Promise<HttpRequest | { maxBytes: number }> {
  const { method = 'GET', url = '/', httpVersion, rawHeaders, socket } = incoming
  const { authority, path, query } = parseTarget(url)
  const resource = { method: method === 'HEAD' ? 'GET' : method, path }
  const body = await readBody(incoming, resource, onBody)
  if (!Buffer.isBuffer(body)) return body
  const headers = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name, decodeHeader(rawHeaders[index + 1] ?? '')] as const] : [],
  )
  return {
    ...resource,
    query,
    protocol: `HTTP/${httpVersion}`,
    headers: authority === undefined ? headers : withHost(headers, authority),
    body,
    ip: socket.remoteAddress ?? '127.0.0.1',
  }
}

function readBody(
  incoming: IncomingMessage,
  { method, path }: Pick<HttpRequest, 'method' | 'path'>,
  onBody: () => void,
): Promise<Buffer | { maxBytes: number }> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer | { maxBytes: number }>()
  // Most bodies are small, so the route is looked up only for large ones.
  let maxBytes = maxBodyBytes
  const isTooLarge = (bytes: number) => {
    if (bytes > maxBytes) maxBytes = findMaxBytes(method, path)
    return bytes > maxBytes
  }
  let chunks: Buffer[] = []
  let bytes = 0
  let isRefused = false
  const refuse = () => {
    isRefused = true
    chunks = []
    const timer = setTimeout(() => incoming.socket.destroy(), maxDiscardMs).unref()
    incoming.once('end', () => clearTimeout(timer))
    resolve({ maxBytes })
  }
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (isRefused) {
      if (bytes > maxDiscardedBytes) incoming.socket.destroy()
    } else if (isTooLarge(bytes)) refuse()
    else chunks.push(chunk)
  })
  incoming.once('end', () => resolve(Buffer.concat(chunks)))
  incoming.once('close', () => reject(new ConnectionEnded('The connection ended before the request.')))
  incoming.once('error', (error) => reject(new ConnectionEnded(error.message)))
  if (isTooLarge(Number(incoming.headers['content-length'] ?? 0))) refuse()
  else onBody()
  return promise
}

function findMaxBytes(method: string, path: string): number {
  const routeLookup = findRoute(method, path)
  return 'route' in routeLookup ? getMaxSentBytes(routeLookup.route) : maxPageBodyBytes
}

/** Node.js reads every byte of a header as a character. Clients that send others than ASCII mean UTF-8. */
function decodeHeader(value: string): string {
  if (/^[\t -~]*$/.test(value)) return value
  const bytes = Buffer.from(value, 'latin1')
  return isUtf8(bytes) ? bytes.toString() : value
}

/**
 * Returns the status of a request whose head has no certain meaning; undefined if it is well-formed. More than one Host, or
 * one that is no host, is 400 (RFC 9112, 3.2); a transfer coding other than chunked is 501 (6.1).
 */
export function findHeadFault({ rawHeaders, headers }: IncomingMessage): 400 | 501 | undefined {
  const hosts = rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'host')
  if (hosts.length > 1 || hosts.some((host) => !hostPattern.test(host.trim()))) return 400
  return /^(?:chunked)?$/i.test(headers['transfer-encoding']?.trim() ?? '') ? undefined : 501
}

const hostPattern = /^(?:[\w.~!$&'()*+,;=%-]*|\[[\da-f:.]+\])(?::\d*)?$/i

/** Parses the forms of RFC 9112, section 3.2. The authority of an absolute form replaces the Host header. */
function parseTarget(target: string): { authority: string | undefined; path: string; query: string } {
  const [, authority, rest = target] = /^https?:\/\/([^/?#]*)(.*)$/i.exec(target) ?? []
  const [resource = ''] = rest.split('#', 1)
  const queryStart = resource.indexOf('?')
  return {
    authority,
    path: (queryStart < 0 ? resource : resource.slice(0, queryStart)) || '/',
    query: queryStart < 0 ? '' : resource.slice(queryStart + 1),
  }
}

function withHost(headers: HttpRequest['headers'], authority: string): HttpRequest['headers'] {
  return [['Host', authority], ...headers.filter(([name]) => name.toLowerCase() !== 'host')]
}
