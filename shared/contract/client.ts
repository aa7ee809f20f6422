import type * as z from 'zod'
import { fillPath } from './fill-path.ts'
import { findContractViolation } from './find-contract-violation.ts'
import { listProblems } from './list-problems.ts'
import { type Problem, type ProblemCode, problem, problems } from './problems.ts'
import type { Route } from './route.ts'

export type ClientOptions = {
  baseUrl: string
  fetch?: typeof fetch
  /** Sent with every call, such as `{ authorization: 'Bearer ...' }`. */
  headers?: { [name: string]: string }
  /** `answers`: throws if a body or problem does not match the contract exactly. Absent: responses are not checked. */
  check?: 'answers'
}

/**
 * A typed client made from the contract. A response that the route does not list throws; a problem is returned.
 *
 * @example
 * const call = client({ baseUrl: 'http://localhost:3000', check: 'answers' })
 * const answer = await call(readCareer, { params: { slug: 'health-record-technician' } })
 * if (answer.status === 200) console.log(answer.body.title)
 */
export function createClient({ baseUrl, fetch: send = fetch, headers: defaultHeaders = {}, check }: ClientOptions) {
  // For a route of unknown type the input is required.
  function call<const R extends Route>(route: R, input: CallInput<R>): Promise<ClientResponse<R>>
  function call<const R extends Route>(...[route, input]: [route: R, ...Arguments<R>]): Promise<ClientResponse<R>>
  async function call<const R extends Route>(route: R, input?: CallInput<R>): Promise<ClientResponse<R>> {
    const { params, query, headers, body }: LooseInput = input ?? {}
    const requestHeaders = new Headers(defaultHeaders)
    for (const [name, value] of toEntries(headers)) requestHeaders.set(name, value)
    if (body !== undefined) requestHeaders.set('content-type', 'application/json')
    const response = await send(`${baseUrl.replace(/\/$/, '')}${fillPath(route.path, params)}${queryString(query)}`, {
      method: route.method,
      headers: requestHeaders,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return checkResponse(route, await readResponse(response), check)
  }
  return call
}

type LooseInput = { params?: Values; query?: Values; headers?: Values; body?: unknown }
type Values = { readonly [name: string]: unknown } | undefined

type Part<Name extends string, Schema> = Schema extends z.ZodType
  ? Record<never, never> extends z.input<Schema>
    ? { [name in Name]?: z.input<Schema> }
    : { [name in Name]: z.input<Schema> }
  : { [name in Name]?: undefined }
/** The input of a call: the parts that the route takes, before parsing. */
export type CallInput<R extends Route> = Part<'params', R['params']> &
  Part<'query', R['query']> &
  Part<'headers', R['headers']> &
  Part<'body', R['body']>
type Arguments<R extends Route> =
  Record<never, never> extends CallInput<R> ? [given?: CallInput<R>] : [given: CallInput<R>]

type RawResponse = { headers: Headers; text: string }
type ResponseBody<Shape> = Shape extends { body: infer Schema extends z.ZodType }
  ? z.output<Schema>
  : Shape extends { contentType: string }
    ? string
    : undefined
type ContractResponse<R extends Route> = {
  [Status in keyof R['responses'] & number]: RawResponse & {
    status: Status
    body: ResponseBody<R['responses'][Status]>
    problem?: undefined
  }
}[keyof R['responses'] & number]
type ProblemResponse = RawResponse & {
  status: (typeof problems)[ProblemCode]['status']
  problem: Problem
  body?: undefined
}
/** One of the route's responses, or a problem. `text` is the body as received. */
export type ClientResponse<R extends Route> = ContractResponse<R> | ProblemResponse

type UncheckedResponse = RawResponse & { status: number; body?: unknown; problem?: Problem }

async function readResponse(response: Response): Promise<UncheckedResponse> {
  const { status, headers } = response
  const type = headers.get('content-type') ?? ''
  // `text()` drops the byte order mark, without which Excel misreads a CSV file.
  const text = type.startsWith('text/csv')
    ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer())
    : await response.text()
  if (!/\bjson\b/.test(type)) return { status, headers, text, body: text === '' ? undefined : text }
  const body: unknown = text === '' ? undefined : JSON.parse(text)
  if (type.startsWith('application/problem+json')) return { status, headers, text, problem: problem.parse(body) }
  const gatewayProblem = status >= 400 ? readGatewayProblem(status, body) : undefined
  return gatewayProblem ? { status, headers, text, problem: gatewayProblem } : { status, headers, text, body }
}

/** The firewall sends a problem as `application/json`, and API Gateway a 429 with a body of its own. */
function readGatewayProblem(status: number, body: unknown): Problem | undefined {
  const { data } = problem.safeParse(body)
  if (data) return data
  return status === problems.TOO_MANY_REQUESTS.status
    ? { type: 'about:blank', code: 'TOO_MANY_REQUESTS', ...problems.TOO_MANY_REQUESTS }
    : undefined
}

function checkResponse<R extends Route>(
  route: R,
  response: UncheckedResponse,
  check: ClientOptions['check'],
): ClientResponse<R> {
  const violation = response.problem
    ? findProblemViolation(route, response.problem, check)
    : findResponseViolation(route, response, check)
  const isValid = (_: unknown): _ is ClientResponse<R> => violation === undefined
  if (!isValid(response)) throw new Error(`${route.method} ${route.path} answered ${response.status}: ${violation}`)
  return response
}

function findResponseViolation(route: Route, { status, text, body }: UncheckedResponse, check: ClientOptions['check']) {
  const shape = route.responses[status]
  if (!shape) return `that status is not in the contract: ${text.slice(0, 300)}`
  return check === 'answers' ? findContractViolation(shape, body) : undefined
}

/** Problems that any route may answer with, because they come from in front of it. */
const gatewayCodes: ProblemCode[] = ['ROUTE_NOT_FOUND', 'METHOD_NOT_ALLOWED', 'TOO_MANY_REQUESTS', 'FIREWALL_BLOCKED']

function findProblemViolation(route: Route, { code, detail }: Problem, check: ClientOptions['check']) {
  const allowedCodes: string[] = [...gatewayCodes, ...listProblems(route)]
  return check === 'answers' && !allowedCodes.includes(code)
    ? `the contract does not list the problem ${code} (${detail}) there`
    : undefined
}

function toEntries(values: Values): [name: string, value: string][] {
  return Object.entries(values ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
}

function queryString(query: Values): string {
  const search = new URLSearchParams(toEntries(query)).toString()
  return search && `?${search}`
}
