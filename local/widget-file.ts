import { createHash } from 'node:crypto'
import type { APIGatewayProxyStructuredResultV2 as Answer } from 'aws-lambda'
import { buildWidget } from '#web/build-widget.ts'
import type { Received } from './http-server.ts'

let built: Promise<string> | undefined

/** The widget at `/widget.js`, built when it is first asked for. Pages of any origin may load it. */
export function widgetFile() {
  return async ({ method, path, headers }: Received): Promise<Answer | undefined> => {
    if (path !== '/widget.js' || (method !== 'GET' && method !== 'HEAD')) return undefined
    built ??= buildWidget()
    const body = await built
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
    const known = headers.some(([name, value]) => name.toLowerCase() === 'if-none-match' && value.includes(etag))
    return { statusCode: known ? 304 : 200, headers: { ...fileHeaders, etag }, ...(!known && { body }) }
  }
}

const fileHeaders = {
  'content-type': 'text/javascript; charset=utf-8',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'cache-control': 'no-cache',
  'x-content-type-options': 'nosniff',
}
