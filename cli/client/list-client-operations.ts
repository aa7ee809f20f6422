import { listProblems } from '#shared/contract/list-problems.ts'
import type { ProblemCode } from '#shared/contract/problems.ts'
import type { Route } from '#shared/contract/route.ts'
import { routes } from '#shared/contract/routes.ts'

/** A route that publishers call, and what the client needs to know to call it. */
export type ClientOperation = Pick<Route, 'name' | 'method' | 'path' | 'summary' | 'description'> & {
  /** Sends the key of the source. */
  key: boolean
  /** Headers of the contract that the caller of the client may set. */
  accepts: string[]
  hasBody: boolean
  /** The client can be called without input. */
  isInputOptional: boolean
  hasInput: boolean
  problems: ProblemCode[]
}

/** The operations of the package: the catalog, capture without the webhooks that vendors of forms call, and what a publisher reads back. */
export function listClientOperations(): ClientOperation[] {
  const published: Route[] = [...routes.catalog, ...routes.capture, ...routes.publisher]
  return published.filter(({ path }) => /^\/v1\/(?!inbound\/)/.test(path)).map(toOperation)
}

function toOperation(route: Route): ClientOperation {
  const { name, method, path, summary, description, caller, params, query, headers, body } = route
  if (method !== 'GET' && (params || query))
    throw new Error(`The client cannot tell the body of ${name} from its parameters: extend toRequest of web/client.`)
  const names = [...Object.keys(params?.shape ?? {}), ...Object.keys(query?.shape ?? {})]
  if (new Set(names).size < names.length) throw new Error(`Two parameters of ${name} have the same name.`)
  const headerNames = Object.keys(headers?.shape ?? {})
  return {
    ...{ name, method, path, summary, ...(description !== undefined && { description }) },
    key: caller === 'source' || headerNames.includes('x-source-key'),
    accepts: headerNames.filter((header) => header === 'idempotency-key' || header === 'traceparent'),
    hasBody: body !== undefined,
    hasInput: body !== undefined || names.length > 0,
    isInputOptional: body === undefined && params === undefined && (query?.safeParse({}).success ?? true),
    problems: listProblems(route),
  }
}
