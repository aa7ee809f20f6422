import { isUtf8 } from 'node:buffer'
import type { APIGatewayProxyEventV2 as ApiEvent } from 'aws-lambda'
import type { RouteMatch } from '#shared/contract/find-route.ts'
import { formatRouteKey } from '#shared/contract/route.ts'
import type { HttpRequest } from './read-request.ts'

type EventContext = { at: Date; requestId: string; routeMatch?: RouteMatch | undefined }

/** Converts a request to API Gateway's event (HTTP API, payload format 2.0). */
export function toApiEvent(request: HttpRequest, { at, requestId, routeMatch }: EventContext): ApiEvent {
  const { method, path, query, protocol, ip, body } = request
  const { cookie, ...headers } = joinValues(request.headers.map(([name, value]) => [name.toLowerCase(), value]))
  const routeKey = routeMatch ? formatRouteKey(routeMatch.route) : '$default'
  const parameters = joinValues([...new URLSearchParams(query)])
  const rawPath = decodePath(path)
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: query,
    ...(cookie !== undefined && { cookies: cookie.split(/[;,] */) }),
    headers,
    ...(query !== '' && { queryStringParameters: parameters }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'local',
      http: { method, path: rawPath, protocol, sourceIp: ip, userAgent: headers['user-agent'] ?? '' },
      requestId,
      routeKey,
      stage: '$default',
      time: formatCommonLogTime(at),
      timeEpoch: at.getTime(),
    },
    ...(routeMatch &&
      Object.keys(routeMatch.pathParameters).length > 0 && { pathParameters: routeMatch.pathParameters }),
    ...encodeBody(body, headers),
  }
}

/** Repeated names are joined by commas, in order. */
function joinValues(pairs: readonly (readonly [name: string, value: string])[]): { [name: string]: string } {
  const values = new Map<string, string>()
  for (const [name, value] of pairs) {
    const previous = values.get(name)
    values.set(name, previous === undefined ? value : `${previous},${value}`)
  }
  return Object.fromEntries(values)
}

/**
 * Bodies of these content types stay text if they are plain UTF-8. All others, and bodies without a type, are base64.
 * API Gateway makes text of other encodings too, and so replaces bytes that it cannot read; here they are kept.
 */
function encodeBody(body: Buffer, headers: { [name: string]: string }): Pick<ApiEvent, 'body' | 'isBase64Encoded'> {
  if (body.length === 0) return { isBase64Encoded: false }
  const contentType = headers['content-type']?.trim() ?? ''
  const isText =
    /^(text\/|application\/(json|xml|javascript)\s*(;|$))/i.test(contentType) &&
    !/;\s*charset\s*=(?!\s*"?utf-?8"?\s*(;|$))/i.test(contentType) &&
    headers['content-encoding'] === undefined &&
    isUtf8(body)
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText }
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** As in `12/Mar/2026:19:03:58 +0000`. */
function formatCommonLogTime(at: Date): string {
  const [, day, month, year, time] = at.toUTCString().split(' ')
  return `${day}/${month}/${year}:${time} +0000`
}
