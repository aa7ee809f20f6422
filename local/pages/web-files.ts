import { createHash } from 'node:crypto'
import type { APIGatewayProxyStructuredResultV2 as Answer } from 'aws-lambda'
import { buildFiles } from '#web/build-files.ts'
import { pagePolicy, webFiles as served, type WebPath } from '#web/web-paths.ts'
import type { Received } from '../http/http-server.ts'

type Built = { body: string; etag: string }
let built: Promise<Map<string, Built>> | undefined

/** Widget, console and portal, built when one is first asked for. */
export function webFiles() {
  return async ({ method, path, headers }: Received): Promise<Answer | undefined> => {
    if (!isServed(path) || (method !== 'GET' && method !== 'HEAD')) return undefined
    built ??= build()
    const { body = '', etag = '' } = (await built).get(path) ?? {}
    const known = headers.some(([name, value]) => name.toLowerCase() === 'if-none-match' && value.includes(etag))
    return { statusCode: known ? 304 : 200, headers: { ...headersOf(path), etag }, ...(!known && { body }) }
  }
}

async function build(): Promise<Map<string, Built>> {
  const files = [...(await buildFiles())]
  return new Map(files.map(([path, body]) => [path, { body, etag: etagOf(body) }]))
}

function etagOf(body: string): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
}

function isServed(path: string): path is WebPath {
  return Object.hasOwn(served, path)
}

function headersOf(path: WebPath) {
  const { contentType, for: whom } = served[path]
  return {
    'content-type': contentType,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    ...(whom === 'everyone'
      ? { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }
      : { 'content-security-policy': pagePolicy, 'referrer-policy': 'no-referrer', 'x-frame-options': 'DENY' }),
  }
}
