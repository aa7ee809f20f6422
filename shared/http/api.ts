import middy from '@middy/core'
import jsonBodyParser from '@middy/http-json-body-parser'
import type {
  APIGatewayProxyStructuredResultV2 as Answer,
  APIGatewayProxyEventV2 as ApiEvent,
  Context,
} from 'aws-lambda'
import { findRoute } from '../contract/find-route.ts'
import { Refusal } from '../contract/problems.ts'
import { type Input, type Reply, type Route, routeKey } from '../contract/route.ts'
import type { NewId } from '../domain/ids.ts'
import type { Log } from '../platform/log.ts'
import type { BucketStore } from '../store/capture/buckets.ts'
import { answer, refuse } from './answer.ts'
import { type AccessKeys, authorise, type Principal } from './authorise.ts'
import { type EdgeSecrets, throughEdge } from './edge.ts'
import { limitOfCaller, type Rates, type Spend, spender } from './limits.ts'
import { parseRequest } from './parse-request.ts'
import { announces, caches, explain, limitsBody, refuses, spentBy, tells } from './stack.ts'

/** What the stack itself needs, whatever the story. */
export type StackNeeds = {
  accessKeys: AccessKeys
  buckets: Pick<BucketStore, 'take'>
  rates: Rates
  /** Absent: there is no edge, and the address of the connection is the caller's. */
  edgeSecrets?: EdgeSecrets | undefined
  now: () => Date
  newId: NewId
  log: Log
}
/** `ip` is the caller's as API Gateway saw it, or the edge where there is one, whatever headers say; `spend` takes from a rate limit. */
export type Request<R extends Route> = Input<R> & { principal: Principal<R['caller']>; ip: string; spend: Spend }
export type Handle = (event: ApiEvent, context: Context) => Promise<Answer>
export type Endpoint<Needs> = { route: Route; handle: (needs: Needs) => Handle }

/** A route and the story that answers it, behind the stack that every route has. */
export function serve<R extends Route, Needs>(
  route: R,
  story: (request: Request<R>, needs: Needs) => Promise<Reply<R>>,
): Endpoint<Needs & StackNeeds> {
  return {
    route,
    handle: (needs) =>
      middy<ApiEvent, Answer>()
        .use(tells(route, needs))
        .use(announces(route))
        .use(refuses(route, needs))
        .use(caches(route))
        .use(limitsBody(route))
        .use(route.body ? [jsonBodyParser()] : [])
        .handler(async (event) => {
          const principal = await authorise(route, event.headers, needs)
          const spend = spender(spentBy(event), needs)
          const ip = event.requestContext.http.sourceIp
          await spend(limitOfCaller(principal, ip, needs.rates))
          const request = { ...parseRequest(route, event), principal, ip, spend }
          return answer(route, await story(request, needs))
        }),
  }
}

/** One Lambda for all routes of a folder; `Needs` says what it may touch. What no route matches is refused here, in the form of every other refusal. */
export function api<Needs>(endpoints: readonly Endpoint<Needs>[]) {
  return (needs: Needs & StackNeeds): Handle => {
    const handles = new Map(endpoints.map(({ route, handle }) => [routeKey(route), handle(needs)]))
    return async (arrived, context) => {
      try {
        const event = await throughEdge(arrived, needs.edgeSecrets)
        const handle = handles.get(event.routeKey)
        return handle ? await handle(event, context) : refuseUnknown(event)
      } catch (error) {
        return explain(error, arrived.routeKey, needs)
      }
    }
  }
}

function refuseUnknown({ requestContext: { http }, rawPath }: ApiEvent): Answer {
  const found = findRoute(http.method, rawPath)
  if (!('allow' in found) || found.allow.length === 0)
    return refuse(new Refusal('ROUTE_NOT_FOUND', 'See /docs for every address that there is.'))
  const allow = found.allow.join(', ')
  return refuse(new Refusal('METHOD_NOT_ALLOWED', `This address takes ${allow}.`, { headers: { allow } }))
}
