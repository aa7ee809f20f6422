import type * as z from 'zod'
import { fillPath } from './fill-path.ts'
import { misfitOf } from './misfit-of.ts'
import { type Problem, type ProblemCode, problem, type problems } from './problems.ts'
import { problemsOf } from './problems-of.ts'
import type { Route } from './route.ts'

export type ClientOptions = {
  baseUrl: string
  fetch?: typeof fetch
  /** Sent with every call, such as `{ authorization: 'Bearer ...' }`. */
  headers?: { [name: string]: string }
  /** `answers`: a body or a problem that is not exactly what the contract says throws. Left out: the server is believed. */
  check?: 'answers'
}

/**
 * A typed client, made from the contract: what a route does not promise throws; a problem is an answer like any other.
 *
 * @example
 * const call = client({ baseUrl: 'http://localhost:3000', check: 'answers' })
 * const answer = await call(readCareer, { params: { slug: 'health-record-technician' } })
 * if (answer.status === 200) console.log(answer.body.title)
 */
export function client({ baseUrl, fetch: send = fetch, headers: always = {}, check }: ClientOptions) {
  // Who knows only that it is some route always says what is given.
  function call<const R extends Route>(route: R, given: Given<R>): Promise<Answer<R>>
  function call<const R extends Route>(...[route, given]: [route: R, ...Arguments<R>]): Promise<Answer<R>>
  async function call<const R extends Route>(route: R, given?: Given<R>): Promise<Answer<R>> {
    const { params, query, headers, body }: Loose = given ?? {}
    const sent = new Headers(always)
    for (const [name, value] of said(headers)) sent.set(name, value)
    if (body !== undefined) sent.set('content-type', 'application/json')
    const response = await send(`${baseUrl.replace(/\/$/, '')}${fillPath(route.path, params)}${queryString(query)}`, {
      method: route.method,
      headers: sent,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return promised(route, await read(response), check)
  }
  return call
}

type Loose = { params?: Values; query?: Values; headers?: Values; body?: unknown }
type Values = { readonly [name: string]: unknown } | undefined

type Part<Name extends string, Schema> = Schema extends z.ZodType
  ? Record<never, never> extends z.input<Schema>
    ? { [name in Name]?: z.input<Schema> }
    : { [name in Name]: z.input<Schema> }
  : { [name in Name]?: undefined }
/** What a call is given: the parts that the route takes, as a caller writes them. */
export type Given<R extends Route> = Part<'params', R['params']> &
  Part<'query', R['query']> &
  Part<'headers', R['headers']> &
  Part<'body', R['body']>
type Arguments<R extends Route> = Record<never, never> extends Given<R> ? [given?: Given<R>] : [given: Given<R>]

type Received = { headers: Headers; text: string }
type BodyOf<Shape> = Shape extends { body: infer Schema extends z.ZodType }
  ? z.output<Schema>
  : Shape extends { contentType: string }
    ? string
    : undefined
type Promised<R extends Route> = {
  [Status in keyof R['responses'] & number]: Received & {
    status: Status
    body: BodyOf<R['responses'][Status]>
    problem?: undefined
  }
}[keyof R['responses'] & number]
type Refused = Received & { status: (typeof problems)[ProblemCode]['status']; problem: Problem; body?: undefined }
/** One of the answers that the route promises, or a problem; `text` is the body as it came. */
export type Answer<R extends Route> = Promised<R> | Refused

type Unchecked = Received & { status: number; body?: unknown; problem?: Problem }

async function read(response: Response): Promise<Unchecked> {
  const { status, headers } = response
  const text = await response.text()
  const type = headers.get('content-type') ?? ''
  if (!/\bjson\b/.test(type)) return { status, headers, text, body: text === '' ? undefined : text }
  const body: unknown = text === '' ? undefined : JSON.parse(text)
  if (type.startsWith('application/problem+json')) return { status, headers, text, problem: problem.parse(body) }
  return { status, headers, text, body }
}

function promised<R extends Route>(route: R, answer: Unchecked, check: ClientOptions['check']): Answer<R> {
  const misfit = answer.problem ? misfitOfProblem(route, answer.problem, check) : misfitOfAnswer(route, answer, check)
  const fits = (_: unknown): _ is Answer<R> => misfit === undefined
  if (!fits(answer)) throw new Error(`${route.method} ${route.path} answered ${answer.status}: ${misfit}`)
  return answer
}

function misfitOfAnswer(route: Route, { status, text, body }: Unchecked, check: ClientOptions['check']) {
  const shape = route.responses[status]
  if (!shape) return `that status is not in the contract: ${text.slice(0, 300)}`
  return check === 'answers' ? misfitOf(shape, body) : undefined
}

function misfitOfProblem(route: Route, { code, detail }: Problem, check: ClientOptions['check']) {
  const listed: string[] = ['ROUTE_NOT_FOUND', 'METHOD_NOT_ALLOWED', ...problemsOf(route)]
  return check === 'answers' && !listed.includes(code)
    ? `the contract does not list the problem ${code} (${detail}) there`
    : undefined
}

function said(values: Values): [name: string, value: string][] {
  return Object.entries(values ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
}

function queryString(query: Values): string {
  const search = new URLSearchParams(said(query)).toString()
  return search && `?${search}`
}
