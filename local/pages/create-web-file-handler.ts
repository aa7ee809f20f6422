import { createHash } from 'node:crypto'
import type { APIGatewayProxyStructuredResultV2 as HttpResponse } from 'aws-lambda'
import { buildFiles } from '#web/build-files.ts'
import { pageOpenerPolicy, pagePolicy, webFiles as servedFiles, type WebPath } from '#web/web-paths.ts'
import type { HttpRequest } from '../http/read-request.ts'

type BuiltFile = { body: string; etag: string }
let builtFiles: Promise<Map<string, BuiltFile>> | undefined

/** Serves widget, console and portal, which are built at the first request. */
export function createWebFileHandler() {
  return async ({ method, path, headers }: HttpRequest): Promise<HttpResponse | undefined> => {
    if (!isServed(path) || (method !== 'GET' && method !== 'HEAD')) return undefined
    builtFiles ??= buildWebFiles()
    const { body = '', etag = '' } = (await builtFiles).get(path) ?? {}
    const isUnchanged = headers.some(([name, value]) => name.toLowerCase() === 'if-none-match' && value.includes(etag))
    return {
      statusCode: isUnchanged ? 304 : 200,
      headers: { ...buildHeaders(path), etag },
      ...(!isUnchanged && { body }),
    }
  }
}

async function buildWebFiles(): Promise<Map<string, BuiltFile>> {
  const files = [...(await buildFiles())]
  return new Map(files.map(([path, body]) => [path, { body, etag: computeEtag(body) }]))
}

function computeEtag(body: string): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
}

function isServed(path: string): path is WebPath {
  return Object.hasOwn(servedFiles, path)
}

function buildHeaders(path: WebPath) {
  const { contentType, for: audience } = servedFiles[path]
  return {
    'content-type': contentType,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    ...(audience === 'everyone'
      ? { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }
      : {
          'content-security-policy': pagePolicy,
          'cross-origin-opener-policy': pageOpenerPolicy,
          'referrer-policy': 'no-referrer',
          'x-frame-options': 'DENY',
        }),
  }
}
