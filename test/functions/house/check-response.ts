import { findContractViolation } from '#shared/contract/find-contract-violation.ts'
import { listProblems } from '#shared/contract/list-problems.ts'
import { type ProblemCode, problem, problems } from '#shared/contract/problems.ts'
import type { Route } from '#shared/contract/route.ts'

export type TestResponse = {
  status: number
  headers: { [name: string]: string }
  /** Absent: none is set. */
  cookies?: string[]
  text: string
  body: unknown
}

/** @throws where an answer is not what the contract promises, or an error is not one that the contract lists. */
export function checkResponse(route: Route | undefined, response: TestResponse): void {
  const violation =
    response.status >= 400 ? findProblemViolation(route, response) : findResponseViolation(route, response)
  if (violation)
    throw new Error(`${route?.name ?? 'no route'} answered ${response.status}: ${violation}\n${response.text}`)
}

function findResponseViolation(route: Route | undefined, { status, headers, body }: TestResponse): string | undefined {
  // Allowed methods, and a redirect to a path without a slash at its end.
  if (!route && (status === 204 || status === 308)) return body === undefined ? undefined : 'it has a body'
  const shape = route?.responses[status]
  if (!route || !shape) return 'the contract has no such status'
  const type = shape.contentType ?? (shape.body && 'application/json')
  if (headers['content-type'] !== type) return `its type is ${headers['content-type']}, not ${type}`
  const cacheControl = headers['cache-control'] ?? ''
  if (
    route.cacheSeconds === undefined
      ? cacheControl !== 'no-store'
      : !cacheControl.includes(`s-maxage=${route.cacheSeconds}`)
  )
    return `its Cache-Control is ${cacheControl}`
  if (route.cacheSeconds !== undefined && !/^"[\w-]+"$/.test(headers.etag ?? '')) return 'it has no strong ETag'
  return findContractViolation(shape, body)
}

function findProblemViolation(route: Route | undefined, { status, headers, body }: TestResponse): string | undefined {
  if (headers['content-type'] !== 'application/problem+json') return 'it is no problem+json'
  if (headers['cache-control'] !== 'no-store') return 'a problem may not be cached'
  const violation = findContractViolation({ description: 'A problem.', body: problem }, body)
  if (violation) return violation
  const { code, title, status: bodyStatus, errors } = problem.parse(body)
  const allowedCodes: readonly string[] = route
    ? listProblems(route)
    : (['ROUTE_NOT_FOUND', 'METHOD_NOT_ALLOWED'] as const)
  if (!isCode(code) || !allowedCodes.includes(code)) return `the contract does not list ${code} there`
  if (bodyStatus !== status || problems[code].status !== status || problems[code].title !== title)
    return 'status or title is not that of its code'
  return code === 'INVALID_REQUEST' && !errors?.length ? 'it does not say which fields' : undefined
}

function isCode(code: string): code is ProblemCode {
  return code in problems
}
