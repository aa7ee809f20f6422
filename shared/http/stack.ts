import type { MiddlewareObj } from '@middy/core'
import type { APIGatewayProxyStructuredResultV2 as Answer, APIGatewayProxyEventV2 } from 'aws-lambda'
import { Refusal } from '../contract/problems.ts'
import type { Route } from '../contract/route.ts'
import { readTraceparent, tracedBy } from '../domain/capture/traceparent.ts'
import type { NewId } from '../domain/ids.ts'
import type { Log } from '../platform/log.ts'
import { cacheable, fault, refuse } from './answer.ts'
import { rateHeaders, type Spent } from './limits.ts'

type Middleware = MiddlewareObj<APIGatewayProxyEventV2, Answer>
type Needs = { now: () => Date; newId: NewId; log: Log }

/** Outermost: one line for each request, by its route and never by its address. */
export function tells({ name }: Route, { now, log }: Needs): Middleware {
  const started = new WeakMap<object, number>()
  return {
    before: ({ event }) => {
      started.set(event, now().getTime())
    },
    after: ({ event, response }) => {
      const ms = now().getTime() - (started.get(event) ?? now().getTime())
      log('request.answered', { route: name, status: response?.statusCode ?? 200, ms, ...traceOf(event) })
    },
  }
}

const spent = new WeakMap<object, Spent[]>()

/** What a request has taken from rate limits so far. */
export function spentBy(event: object): Spent[] {
  const taken = spent.get(event) ?? []
  spent.set(event, taken)
  return taken
}

/** Says on every answer how the limits stand, and that it depends on the page that asked where it does. */
export function announces({ headers: taken }: Route): Middleware {
  const varying = 'origin' in (taken?.shape ?? {}) ? { vary: 'Origin' } : {}
  const announce: Middleware['after'] = ({ event, response }) => {
    if (response) response.headers = { ...response.headers, ...varying, ...rateHeaders(spentBy(event)) }
  }
  return { after: announce, onError: announce }
}

/** Refusals become problems that the caller may read; whatever else was thrown is a fault, told to the log alone. */
export function refuses({ name }: Route, needs: Needs): Middleware {
  return {
    onError: (request) => {
      request.response = explain(request.error, name, needs, traceOf(request.event))
    },
  }
}

export function explain(error: unknown, route: string, { newId, log }: Needs, traced: Traced = {}): Answer {
  const refusal = asRefusal(error)
  if (refusal) {
    const refused = refuse(refusal)
    log('request.answered', { route, status: refused.statusCode ?? 500, ms: 0, ...traced })
    return refused
  }
  const incidentId = newId('incident')
  const told = (error instanceof Error && error.stack) || String(error)
  log('request.faulted', { route, incidentId, error: told, ...traced })
  return fault(incidentId)
}

type Traced = ReturnType<typeof tracedBy>

function traceOf({ headers }: APIGatewayProxyEventV2): Traced {
  return tracedBy(readTraceparent(headers.traceparent))
}

/** Before the body is read at all: what is too large is not parsed. */
export function limitsBody({ mostBodyBytes = 16 * 1024 }: Route): Middleware {
  return {
    before: ({ event: { body, isBase64Encoded } }) => {
      const bytes = Buffer.byteLength(body ?? '', isBase64Encoded ? 'base64' : 'utf8')
      if (bytes > mostBodyBytes)
        throw new Refusal('BODY_TOO_LARGE', `The body has ${bytes} bytes; ${mostBodyBytes} are the most.`)
    },
  }
}
/** Lets shared caches keep what anyone may read. */
export function caches(route: Route): Middleware {
  return {
    after: (request) => {
      if (request.response) request.response = cacheable(route, request.event, request.response)
    },
  }
}

function asRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  // Middy's JSON parser says 415 for a wrong type and 422 for what is not JSON.
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  if (status === 415) return new Refusal('UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json.')
  if (status === 422 || status === 400)
    return new Refusal('MALFORMED_JSON', 'The body must be one JSON value, without a __proto__ key.')
  return undefined
}
