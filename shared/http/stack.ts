import type { MiddlewareObj } from '@middy/core'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 as HttpResponse } from 'aws-lambda'
import { Refusal } from '../contract/problems.ts'
import type { Route } from '../contract/route.ts'
import { parseTraceparent, traceLogFields } from '../domain/capture/traceparent.ts'
import type { NewId } from '../domain/ids.ts'
import type { Log } from '../platform/log.ts'
import { EngineReadOnly, EngineThrottled, EngineUnwritable } from '../store/engine/engine.ts'
import { decodeBody } from './decode-body.ts'
import { formatRateHeaders, type LimitUsage } from './limits.ts'
import { createMaintenanceRefusal } from './maintenance.ts'
import { parseJson } from './parse-json.ts'
import { addCacheHeaders, toFaultResponse, toProblemResponse } from './to-http-response.ts'

type Middleware = MiddlewareObj<APIGatewayProxyEventV2, HttpResponse>
type StackDependencies = { now: () => Date; newId: NewId; log: Log }

/** What callers read about a write during maintenance. */
export const maintenanceDetail = 'Nothing can be saved during maintenance. Send the same request again in a minute.'

/** Outermost: logs one line per request, with the name of its route and never its URL. */
export function logRequests({ name }: Route, { now, log }: StackDependencies): Middleware {
  const startTimes = new WeakMap<object, number>()
  return {
    before: ({ event }) => {
      startTimes.set(event, now().getTime())
    },
    after: ({ event, response }) => {
      const ms = now().getTime() - (startTimes.get(event) ?? now().getTime())
      log('request.answered', { route: name, status: response?.statusCode ?? 200, ms, ...readTraceFields(event) })
    },
  }
}

const usageByEvent = new WeakMap<object, LimitUsage[]>()

/** Returns the rate limits that a request has used so far. */
export function getLimitUsage(event: object): LimitUsage[] {
  const usage = usageByEvent.get(event) ?? []
  usageByEvent.set(event, usage)
  return usage
}

/** Adds rate limit headers to every response, and `Vary: Origin` if the route reads the origin. */
export function addLimitHeaders({ headers: requestHeaders }: Route): Middleware {
  const varyHeader = 'origin' in (requestHeaders?.shape ?? {}) ? { vary: 'Origin' } : {}
  const addHeaders: Middleware['after'] = ({ event, response }) => {
    if (response) response.headers = { ...response.headers, ...varyHeader, ...formatRateHeaders(getLimitUsage(event)) }
  }
  return { after: addHeaders, onError: addHeaders }
}

/** Turns a Refusal into a problem response, and any other error into a fault, whose details are only logged. */
export function handleErrors({ name }: Route, deps: StackDependencies): Middleware {
  return {
    onError: (request) => {
      request.response = toErrorResponse(request.error, name, deps, readTraceFields(request.event))
    },
  }
}

export function toErrorResponse(
  error: unknown,
  route: string,
  { newId, log }: StackDependencies,
  traceFields: TraceFields = {},
): HttpResponse {
  const refusal = toRefusal(error)
  if (refusal) {
    const response = toProblemResponse(refusal)
    log('request.answered', { route, status: response.statusCode ?? 500, ms: 0, ...traceFields })
    return response
  }
  const incidentId = newId('incident')
  const stackTrace = (error instanceof Error && error.stack) || String(error)
  log('request.faulted', { route, incidentId, error: stackTrace, ...traceFields })
  return toFaultResponse(incidentId)
}

type TraceFields = ReturnType<typeof traceLogFields>

function readTraceFields({ headers }: APIGatewayProxyEventV2): TraceFields {
  return traceLogFields(parseTraceparent(headers.traceparent))
}

const sentTexts = new WeakMap<object, string>()

/** Returns the text of the body as it was sent: what a sender has signed. */
export function getSentText(event: object): string | undefined {
  return sentTexts.get(event)
}

/** Replaces a body of a JSON type by its parsed content, within the limits of its route. */
export function parseJsonBody(route: Route): Middleware {
  return {
    before: ({ event }) => {
      if (!jsonType.test(readEssence(event.headers['content-type'])))
        throw new Refusal('UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json.', {
          headers: { accept: 'application/json' },
        })
      const text = decodeBody(route, event)
      if (text !== undefined) sentTexts.set(event, text)
      Object.assign(event, { body: parseBody(text), isBase64Encoded: false })
    },
  }
}

/** A JSON MIME type (WHATWG MIME Sniffing, 4.6). */
const jsonType = /^(?:(?:application|text)\/json|[\w!#$&^.+-]+\/[\w!#$&^.+-]+\+json)$/i

/** The type without its parameters. Of a header that a proxy or a client repeats, the last counts, as in browsers. */
function readEssence(contentType = ''): string {
  return contentType.split(',').at(-1)?.split(';')[0]?.trim() ?? ''
}

function parseBody(text = ''): unknown {
  try {
    return parseJson(text)
  } catch {
    throw new Refusal('MALFORMED_JSON', 'The body must be one JSON value, without a __proto__ key.')
  }
}

/** Adds cache headers to responses of cacheable routes. */
export function cacheResponses(route: Route): Middleware {
  return {
    after: (request) => {
      if (request.response) request.response = addCacheHeaders(route, request.event, request.response)
    },
  }
}

function toRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (error instanceof EngineThrottled)
    return new Refusal('THROTTLED', 'The database is at its limit. Send the same request again.', {
      headers: { 'retry-after': '1' },
      cause: error,
    })
  // A read that leaves a trace, such as who looked at whose data, is a write too.
  if (error instanceof EngineReadOnly) return createMaintenanceRefusal(maintenanceDetail, error)
  if (error instanceof EngineUnwritable)
    return new Refusal('UNAVAILABLE', 'Nothing can be stored now. Send the same request again later.', {
      headers: { 'retry-after': '60' },
      cause: error,
    })
  return undefined
}
