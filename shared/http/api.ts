import middy from '@middy/core'
import type {
  APIGatewayProxyEventV2 as ApiEvent,
  Context,
  APIGatewayProxyStructuredResultV2 as HttpResponse,
} from 'aws-lambda'
import { listAllowedMethods } from '../contract/list-allowed-methods.ts'
import { formatRouteKey, type Input, type Reply, type Route } from '../contract/route.ts'
import type { SignInApp } from '../domain/access/access-person.ts'
import type { NewId } from '../domain/ids.ts'
import type { Log } from '../platform/log.ts'
import type { BucketStore } from '../store/capture/buckets.ts'
import { type AccessKeys, authorize, type Principal } from './authorize.ts'
import { readApp, type SessionDependencies } from './authorize-session.ts'
import { type EdgeSecrets, verifyEdgeEvent } from './edge.ts'
import { createSpend, getCallerLimits, type RateLimits, type Spend } from './limits.ts'
import { createMaintenanceRefusal, isWriteMethod } from './maintenance.ts'
import { parseRequest } from './parse-request.ts'
import {
  addLimitHeaders,
  cacheResponses,
  getLimitUsage,
  getSentText,
  handleErrors,
  logRequests,
  maintenanceDetail,
  parseJsonBody,
  toErrorResponse,
} from './stack.ts'
import { toHttpResponse } from './to-http-response.ts'
import { type LoadOpenapi, toAllowResponse, toUnknownRouteResponse } from './to-unknown-route-response.ts'

/** What every handler depends on, because the stack around it does. */
export type StackDependencies = {
  accessKeys: AccessKeys
  /** Only of APIs that people sign in to. */
  people?: SessionDependencies['people']
  secondFactorPolicy?: SessionDependencies['secondFactorPolicy']
  buckets: Pick<BucketStore, 'take'>
  rateLimits: RateLimits
  /** Absent: there is no edge, and the connection's address is the caller's. */
  edgeSecrets?: EdgeSecrets | undefined
  /** During maintenance: writes are refused, and the use of keys and rate limits is not recorded. */
  isReadOnly?: (() => boolean) | undefined
  /** Only of the API that responds to requests without a route. */
  loadOpenapi?: LoadOpenapi
  now: () => Date
  newId: NewId
  log: Log
}
/** `ip` is the caller's address as API Gateway or the edge saw it, never from a header that a caller can set. `spend` takes a token from a rate limit. */
export type Request<R extends Route> = Input<R> & {
  /** As JSON, before anything was cleaned or left out. */
  rawBody?: unknown
  /** The text of the body as it was sent: what a sender has signed. */
  sentText?: string | undefined
  principal: Principal<R['caller']>
  ip: string
  spend: Spend
  /** Console or portal, if one of them sent the request. */
  app?: SignInApp | undefined
  /** As the browser sent them: `name=value` each. */
  cookies?: readonly string[]
}
export type HttpHandler = (event: ApiEvent, context: Context) => Promise<HttpResponse>
export type RouteHandler<R extends Route, Deps> = { route: R; handle: (deps: Deps) => HttpHandler }

/** Binds a route to the function that answers it, behind the Middy stack that every route has. */
export function defineHandler<R extends Route, Deps>(
  route: R,
  handle: (request: Request<R>, deps: Deps) => Promise<Reply<R>>,
): RouteHandler<R, Deps & StackDependencies> {
  return {
    route,
    handle: (deps) =>
      middy<ApiEvent, HttpResponse>()
        .use(logRequests(route, deps))
        .use(addLimitHeaders(route))
        .use(handleErrors(route, deps))
        .use(cacheResponses(route))
        .use(route.body ? [parseJsonBody(route)] : [])
        .handler(async (event) => {
          const { headers, cookies = [] } = event
          const principal = await authorize(route, { headers, cookies }, deps)
          const spend = deps.isReadOnly?.() ? spendNothing : createSpend(getLimitUsage(event), deps)
          const ip = event.requestContext.http.sourceIp
          await spend(...getCallerLimits(principal, ip, deps.rateLimits))
          const request = {
            ...parseRequest(route, event),
            rawBody: event.body,
            sentText: getSentText(event),
            principal,
            ip,
            spend,
            app: readApp(headers),
            cookies,
          }
          return toHttpResponse(route, await handle(request, deps))
        }),
  }
}

/** One handler for each route, by the route's name. */
type RouteHandlers<Routes extends readonly Route[]> = {
  [Name in Routes[number]['name']]: RouteHandler<Extract<Routes[number], { name: Name }>, never>
}
/** What all handlers of an API depend on together. */
type HandlerDependencies<Handlers> = {
  [Name in keyof Handlers]: Handlers[Name] extends { handle: (deps: infer Deps) => HttpHandler }
    ? (deps: Deps) => void
    : never
}[keyof Handlers] extends (deps: infer All) => void
  ? All
  : never

/**
 * Returns the function of an API Lambda: it finds the handler of a request's route. A route without a handler and a
 * handler without a route do not compile, and the dependencies are inferred from the handlers. A request that matches no
 * route gets a 404 or 405 problem.
 */
export function createApi<const Routes extends readonly Route[], Handlers extends RouteHandlers<Routes>>(
  routes: Routes,
  handlers: Handlers & { [Name in Exclude<keyof Handlers, Routes[number]['name']>]: never },
): (deps: HandlerDependencies<Handlers>) => HttpHandler
export function createApi<Deps extends StackDependencies>(
  routes: readonly Route[],
  handlers: { [name: string]: RouteHandler<Route, Deps> },
) {
  return (deps: Deps): HttpHandler => {
    const handlersByRoute = new Map(
      routes.map((route) => [formatRouteKey(route), handlers[route.name]?.handle(deps)] as const),
    )
    return async (rawEvent, context) => {
      try {
        const event = await verifyEdgeEvent(rawEvent, deps.edgeSecrets)
        const { method } = event.requestContext.http
        const routeKey = event.routeKey.replace(/^ANY /, `${method} `)
        const handle = handlersByRoute.get(routeKey.replace(/^HEAD /, 'GET '))
        if (!handle && routeKey !== event.routeKey) return toAllowResponse(method, listMethods(routes, event.routeKey))
        if (!handle) return await toUnknownRouteResponse(event, deps.loadOpenapi ?? loadNothing)
        if (deps.isReadOnly?.() && isWriteMethod(method)) throw createMaintenanceRefusal(maintenanceDetail)
        const response = await handle(event, context)
        return method === 'HEAD' ? withoutBody(response) : response
      } catch (error) {
        return toErrorResponse(error, rawEvent.routeKey, deps)
      }
    }
  }
}

const spendNothing: Spend = async () => {}
const loadNothing = async () => ({ paths: {} })

/** The methods of the path of a route that takes any, such as `ANY /v1/ops/keys`. */
function listMethods(routes: readonly Route[], routeKey: string): string {
  return listAllowedMethods(routes.flatMap(({ method, path }) => (routeKey === `ANY ${path}` ? [method] : []))).join(
    ', ',
  )
}

/** The response to HEAD has the headers of the response to GET. */
function withoutBody({ body = '', ...response }: HttpResponse): HttpResponse {
  return { ...response, headers: { ...response.headers, 'content-length': Buffer.byteLength(body) } }
}
