import { randomUUID } from 'node:crypto'
import type { Context, APIGatewayProxyStructuredResultV2 as HttpResponse } from 'aws-lambda'
import { cors } from '#shared/contract/cors.ts'
import { findRoute } from '#shared/contract/find-route.ts'
import { type Folder, fallbackFolder } from '#shared/contract/routes.ts'
import type { HttpHandler } from '#shared/http/api.ts'
import { toFaultResponse } from '#shared/http/to-http-response.ts'
import type { ResponseCache } from './create-response-cache.ts'
import type { HttpRequest } from './read-request.ts'
import type { RequestHandler } from './start-http-server.ts'
import { toApiEvent } from './to-api-event.ts'

type Setup = {
  functions: { [folder in Folder]: HttpHandler }
  cache: ResponseCache
  now: () => Date
  /** Logs a fault and returns its incident id. */
  reportFault: (error: unknown) => string
}

/** Does what API Gateway and CloudFront do on AWS: answers preflights, finds the function of a route and caches responses. */
export function createGateway({ functions, cache, now, reportFault }: Setup): RequestHandler {
  return async (request) => {
    const origin = getHeader(request, 'origin')
    if (request.method === 'OPTIONS' && origin && getHeader(request, 'access-control-request-method'))
      return preflightResponse
    const at = now()
    const routeLookup = findRoute(request.method, request.path)
    const routeMatch = 'route' in routeLookup ? routeLookup : undefined
    const folder = routeMatch?.folder ?? fallbackFolder
    const event = toApiEvent(request, { at, requestId: randomUUID(), routeMatch })
    const callFunction: Parameters<ResponseCache['getResponse']>[2] = (forwardedEvent) =>
      functions[folder](forwardedEvent, createContext(folder, event))
    const response = await (routeMatch
      ? cache.getResponse(routeMatch.route, event, callFunction)
      : callFunction(event)
    ).catch(reportFunctionFault)
    // Clears the cache so that staff see their change at once.
    if (folder === 'operator' && request.method !== 'GET') cache.clear()
    return origin ? { ...response, headers: { ...response.headers, ...corsHeaders } } : response
  }

  // A function turns its own errors into responses, so an error here comes from outside its handler.
  function reportFunctionFault(error: unknown): HttpResponse {
    return toFaultResponse(reportFault(error))
  }
}

const corsHeaders = {
  'access-control-allow-origin': cors.origins.join(','),
  'access-control-expose-headers': cors.responseHeaders.join(','),
}
const preflightResponse: HttpResponse = {
  statusCode: 204,
  headers: {
    'access-control-allow-origin': cors.origins.join(','),
    'access-control-allow-methods': cors.methods.join(','),
    'access-control-allow-headers': cors.requestHeaders.join(','),
    'access-control-max-age': cors.maxAgeSeconds,
  },
}

function getHeader({ headers }: HttpRequest, headerName: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === headerName)?.[1]
}

// API Gateway's own limit is 30 seconds.
const functionTimeoutMs = 29_000

function createContext(folder: Folder, { requestContext: { requestId } }: ReturnType<typeof toApiEvent>): Context {
  const startedAt = performance.now()
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: `local-${folder}`,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${folder}`,
    memoryLimitInMB: '0',
    awsRequestId: requestId,
    logGroupName: 'local',
    logStreamName: 'local',
    getRemainingTimeInMillis: () => functionTimeoutMs - (performance.now() - startedAt),
    done() {},
    fail() {},
    succeed() {},
  }
}
