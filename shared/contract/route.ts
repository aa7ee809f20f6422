import type * as z from 'zod'
import type { ProblemCode } from './problems.ts'

/**
 * Who may call a route, and so how a call is authorized: anyone, a source key, or a key or signed-in person of a school or of
 * staff. `person`: any signed-in person, and no key.
 */
export type Caller = 'anyone' | 'source' | 'school' | 'operator' | 'person'

/** One operation of the API. Handlers parse with it; infra, OpenAPI document, client and tests are made from it. */
export type Route = {
  /** The operationId. In kebab-case, the file name of its handler. */
  name: string
  method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE'
  /** As API Gateway writes it: `/v1/careers/{slug}`. */
  path: string
  caller: Caller
  /** `read`: a read-only key is enough. Absent: `read` for GET, `write` for other methods. */
  access?: 'read' | 'write'
  /** Only for `person`: allowed while the session waits for a code of the authenticator app. */
  withoutSecondFactor?: true
  /** Only for `source`: a publishable key, which anyone can read in a page, is refused. */
  secretKey?: true
  summary: string
  description?: string
  params?: z.ZodObject
  query?: z.ZodObject
  /** Lower-case names. Other headers are ignored. */
  headers?: z.ZodObject
  body?: z.ZodType
  /** Brings a body into the form that `body` describes, before it is judged. */
  prepareBody?: (body: unknown) => unknown
  /** Fields of the body that only the server sets. A write ignores them, so that a caller can send back what it read. */
  readOnlyFields?: readonly string[]
  responses: { [status: number]: ResponseShape }
  /** Problems in addition to those that follow from the shape of the route. */
  problems?: readonly ProblemCode[]
  /** Bytes of a body in UTF-8, decompressed, each `\u` escape as the character that it stands for. Absent: 64 KiB. */
  maxBodyBytes?: number
  /** Bytes of a body as sent, and of a compressed one after decompression. Absent: `maxBodyBytes`. */
  maxSentBytes?: number
  /** How deep a body may be nested. Absent: 8. */
  maxBodyDepth?: number
  /** Seconds that shared caches keep the response. Absent: `no-store`. */
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

// For a route of unknown type the reply types are unknown.
type ReplyBody<Shape> = ResponseShape extends Shape
  ? { body?: unknown }
  : Shape extends { body: infer Schema extends z.ZodType }
    ? { body: z.input<Schema> }
    : Shape extends { contentType: string }
      ? { body: string }
      : { body?: undefined }
/** One of the route's responses. */
export type Reply<R extends Route> = {
  [Status in keyof R['responses'] & number]: {
    status: Status
    headers?: { [name: string]: string }
    /** `Set-Cookie` values. */
    cookies?: string[]
  } & ReplyBody<R['responses'][Status]>
}[keyof R['responses'] & number]

/** How many bytes a body may have if its route sets no limit. */
export const maxBodyBytes = 64 * 1024

/** How many bytes are read of a request to the route before it is refused. */
export function getMaxSentBytes(route: Pick<Route, 'maxBodyBytes' | 'maxSentBytes'>): number {
  return route.maxSentBytes ?? route.maxBodyBytes ?? maxBodyBytes
}

/** The access that a key needs to call the route. */
export function getRequiredAccess({ method, access }: Pick<Route, 'method' | 'access'>): 'read' | 'write' {
  return access ?? (method === 'GET' ? 'read' : 'write')
}

/** API Gateway's name of the route, such as `GET /v1/careers`. */
export function formatRouteKey({ method, path }: Pick<Route, 'method' | 'path'>): string {
  return `${method} ${path}`
}
