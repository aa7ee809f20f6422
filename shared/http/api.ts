import middy from '@middy/core'
import jsonBodyParser from '@middy/http-json-body-parser'
import type {
  APIGatewayProxyEventV2 as ApiEvent,
  Context,
  APIGatewayProxyStructuredResultV2 as HttpResponse,
} from 'aws-lambda'
import { findRoute } from '../contract/find-route.ts'
import { Refusal } from '../contract/problems.ts'
import { formatRouteKey, type Input, type Reply, type Route } from '../contract/route.ts'
import type { NewId } from '../domain/ids.ts'
import type { Log } from '../platform/log.ts'
import type { BucketStore } from '../store/capture/buckets.ts'
import { type AccessKeys, authorize, type Principal } from './authorize.ts'
import { type EdgeSecrets, verifyEdgeEvent } from './edge.ts'
import { createSpend, getCallerLimit, type RateLimits, type Spend } from './limits.ts'
import { parseRequest } from './parse-request.ts'
import {
  addLimitHeaders,
  cacheResponses,
  getLimitUsage,
  handleErrors,
  limitBodySize,
  logRequests,
  toErrorResponse,
} from './stack.ts'
import { toHttpResponse, toProblemResponse } from './to-http-response.ts'

/** What the stack itself needs, whatever the story. */
export type StackDependencies = {
  accessKeys: AccessKeys
  buckets: Pick<BucketStore, 'take'>
  rateLimits: RateLimits
  /** Absent: there is no edge, and the address of the connection is the caller's. */
  edgeSecrets?: EdgeSecrets | undefined
  now: () => Date
  newId: NewId
  log: Log
}
/** `ip` is the caller's as API Gateway saw it, or the edge where there is one, whatever headers say; `spend` takes from a rate limit. */
export type Request<R extends Route> = Input<R> & { principal: Principal<R['caller']>; ip: string; spend: Spend }
export type HttpHandler = (event: ApiEvent, context: Context) => Promise<HttpResponse>
export type RouteHandler<Deps> = { route: Route; handle: (deps: Deps) => HttpHandler }

/** A route and the story that answers it, behind the stack that every route has. */
export function defineHandler<R extends Route, Deps>(
  route: R,
  handle: (request: Request<R>, deps: Deps) => Promise<Reply<R>>,
): RouteHandler<Deps & StackDependencies> {
  return {
    route,
    handle: (deps) =>
      middy<ApiEvent, HttpResponse>()
        .use(logRequests(route, deps))
        .use(addLimitHeaders(route))
        .use(handleErrors(route, deps))
        .use(cacheResponses(route))
        .use(limitBodySize(route))
        .use(route.body ? [jsonBodyParser()] : [])
        .handler(async (event) => {
          const principal = await authorize(route, event.headers, deps)
          const spend = createSpend(getLimitUsage(event), deps)
          const ip = event.requestContext.http.sourceIp
          await spend(getCallerLimit(principal, ip, deps.rateLimits))
          const request = { ...parseRequest(route, event), principal, ip, spend }
          return toHttpResponse(route, await handle(request, deps))
        }),
  }
}

/** One Lambda for all routes of a folder; `Needs` says what it may touch. What no route matches is refused here, in the form of every other refusal. */
export function createApi<Deps>(handlers: readonly RouteHandler<Deps>[]) {
  return (deps: Deps & StackDependencies): HttpHandler => {
    const handlersByRoute = new Map(handlers.map(({ route, handle }) => [formatRouteKey(route), handle(deps)]))
    return async (rawEvent, context) => {
      try {
        const event = await verifyEdgeEvent(rawEvent, deps.edgeSecrets)
        const handle = handlersByRoute.get(event.routeKey)
        return handle ? await handle(event, context) : toUnknownRouteResponse(event)
      } catch (error) {
        return toErrorResponse(error, rawEvent.routeKey, deps)
      }
    }
  }
}

function toUnknownRouteResponse({ requestContext: { http }, rawPath }: ApiEvent): HttpResponse {
  const match = findRoute(http.method, rawPath)
  if (!('allow' in match) || match.allow.length === 0)
    return toProblemResponse(new Refusal('ROUTE_NOT_FOUND', 'See /docs for every address that there is.'))
  const allow = match.allow.join(', ')
  return toProblemResponse(new Refusal('METHOD_NOT_ALLOWED', `This address takes ${allow}.`, { headers: { allow } }))
}
