import type { APIGatewayProxyEventV2 as ApiEvent } from 'aws-lambda'
import type { Found } from '#shared/contract/find-route.ts'
import { routeKey as keyOf } from '#shared/contract/route.ts'
import type { Received } from './http-server.ts'

type Arrival = { at: Date; requestId: string; found?: Found | undefined }

/** The event that API Gateway makes of a request: HTTP API, payload format 2.0. */
export function apiEvent(received: Received, { at, requestId, found }: Arrival): ApiEvent {
  const { method, path, query, protocol, ip, body } = received
  const { cookie, ...headers } = joined(received.headers.map(([name, value]) => [name.toLowerCase(), value]))
  const routeKey = found ? keyOf(found.route) : '$default'
  const parameters = joined([...new URLSearchParams(query)])
  const rawPath = decoded(path)
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
      time: commonLogTime(at),
      timeEpoch: at.getTime(),
    },
    ...(found && Object.keys(found.pathParameters).length > 0 && { pathParameters: found.pathParameters }),
    ...written(body, headers['content-type']),
  }
}

/** What comes more than once is joined by commas, in order. */
function joined(pairs: readonly (readonly [name: string, value: string])[]): { [name: string]: string } {
  const values = new Map<string, string>()
  for (const [name, value] of pairs) {
    const before = values.get(name)
    values.set(name, before === undefined ? value : `${before},${value}`)
  }
  return Object.fromEntries(values)
}

/** Text stays text for these types alone; whatever else, also where no type is given, comes as base64. */
function written(body: Buffer, contentType = ''): Pick<ApiEvent, 'body' | 'isBase64Encoded'> {
  if (body.length === 0) return { isBase64Encoded: false }
  const isText = /^(text\/|application\/(json|xml|javascript)\s*(;|$))/i.test(contentType.trim())
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** As in `12/Mar/2026:19:03:58 +0000`. */
function commonLogTime(at: Date): string {
  const [, day, month, year, time] = at.toUTCString().split(' ')
  return `${day}/${month}/${year}:${time} +0000`
}
