import type * as z from 'zod'
import type { ProblemCode } from './problems.ts'

/** Who calls is how a call is authorised: nobody in particular, a landing page, a school's key, a staff key. */
export type Caller = 'anyone' | 'source' | 'school' | 'operator'

/** One operation of the API. Functions parse with it; infra, OpenAPI document, client and tests are made from it. */
export type Route = {
  /** The operationId, and in kebab-case the file of the function that serves it. */
  name: string
  method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE'
  /** As API Gateway writes it: `/v1/careers/{slug}`. */
  path: string
  caller: Caller
  /** Whether a key that may only read will do. Absent: for a GET it will, for all else it will not. */
  access?: 'read' | 'write'
  summary: string
  description?: string
  params?: z.ZodObject
  query?: z.ZodObject
  /** Lower-case names. Headers that are not listed here are not looked at. */
  headers?: z.ZodObject
  body?: z.ZodType
  responses: { [status: number]: ResponseShape }
  /** Problems beyond those that any route may answer with. */
  problems?: readonly ProblemCode[]
  /** Absent: 16 KiB. */
  maxBodyBytes?: number
  /** How deep a body may be nested. Absent: 8. */
  maxBodyDepth?: number
  /** Seconds that shared caches keep the answer. Absent: `no-store`. */
  cacheSeconds?: number
  example?: { params?: object; query?: object; headers?: object; body?: unknown }
}
export type ResponseShape = { description: string; body?: z.ZodType; contentType?: string }

/** Keeps the exact type of a route, so that inputs and replies follow from it. */
export const defineRoute = <const R extends Route>(spec: R): R => spec

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined
export type Input<R extends Route> = {
  params: Parsed<R['params']>
  query: Parsed<R['query']>
  headers: Parsed<R['headers']>
  body: Parsed<R['body']>
}

// Of a route that is known only as some `Route`, the replies are not known either.
type ReplyBody<Shape> = ResponseShape extends Shape
  ? { body?: unknown }
  : Shape extends { body: infer Schema extends z.ZodType }
    ? { body: z.input<Schema> }
    : Shape extends { contentType: string }
      ? { body: string }
      : { body?: undefined }
/** One of the answers that the route promises. */
export type Reply<R extends Route> = {
  [Status in keyof R['responses'] & number]: { status: Status; headers?: { [name: string]: string } } & ReplyBody<
    R['responses'][Status]
  >
}[keyof R['responses'] & number]

/** What a key must be allowed in order to call the route. */
export function getRequiredAccess({ method, access }: Pick<Route, 'method' | 'access'>): 'read' | 'write' {
  return access ?? (method === 'GET' ? 'read' : 'write')
}

/** How API Gateway names the route to the function behind it. */
export function formatRouteKey({ method, path }: Pick<Route, 'method' | 'path'>): string {
  return `${method} ${path}`
}
