import type { APIGatewayProxyEventV2 as ApiEvent, Context } from 'aws-lambda'
import { listApiRoutes } from '#infra/list-api-routes.ts'
import { findRoute } from '#shared/contract/find-route.ts'
import { folders } from '#shared/contract/routes.ts'

export type TestRequestOptions = {
  /** A header that is `undefined` is not sent. */
  headers?: { [name: string]: string | undefined }
  /** Sent as JSON. */
  body?: unknown
  /** Sent as it stands, in place of `body`. */
  text?: string
  base64?: true
  ip?: string
}

/** What API Gateway makes of a request (HTTP API, payload format 2.0), and the route that it finds for it. */
export function apiEvent(method: string, target: string, { headers = {}, body, text, base64, ip }: TestRequestOptions) {
  const [path = '', query = ''] = target.split('?')
  // API Gateway has a HEAD route for each GET route.
  const lookup = findRoute(method === 'HEAD' ? 'GET' : method, path)
  const matchedRoute = 'route' in lookup ? lookup : undefined
  const content = text ?? (body === undefined ? undefined : JSON.stringify(body))
  const { cookie, ...otherHeaders } = headers
  const allHeaders = { ...(content !== undefined && { 'content-type': 'application/json' }), ...otherHeaders }
  const routeKey = matchedRoute ? toDeployedKey(method, matchedRoute.route.path) : '$default'
  const event: ApiEvent = {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    headers: Object.fromEntries(Object.entries(allHeaders).filter(([, value]) => value !== undefined)),
    ...(cookie !== undefined && { cookies: cookie.split('; ') }),
    ...(query && { queryStringParameters: Object.fromEntries(new URLSearchParams(query)) }),
    ...(matchedRoute && { pathParameters: matchedRoute.pathParameters }),
    ...(content !== undefined && { body: base64 ? Buffer.from(content).toString('base64') : content }),
    isBase64Encoded: base64 ?? false,
    requestContext: {
      accountId: '000000000000',
      apiId: 'test',
      domainName: 'api.example',
      domainPrefix: 'api',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: ip ?? '198.51.100.7', userAgent: '' },
      requestId: 'request',
      routeKey,
      stage: '$default',
      time: '23/Nov/2026:15:00:00 +0000',
      timeEpoch: 0,
    },
  }
  return { event, matchedRoute }
}

/** The key of the deployed route: some take any method. */
function toDeployedKey(method: string, path: string): string {
  return anyMethodPaths.has(path) ? `ANY ${path}` : `${method} ${path}`
}

const anyMethodPaths = new Set(
  folders.flatMap((folder) =>
    listApiRoutes(folder).flatMap(({ path, methods }) => (methods.includes('ANY') ? [path] : [])),
  ),
)

export const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'test',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:test',
  memoryLimitInMB: '0',
  awsRequestId: 'request',
  logGroupName: 'test',
  logStreamName: 'test',
  // One process does here what hundreds of Lambdas do at once, so its time is longer.
  getRemainingTimeInMillis: () => 300_000,
  done() {},
  fail() {},
  succeed() {},
}
