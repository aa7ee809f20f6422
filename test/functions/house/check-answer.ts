import { misfitOf } from '#shared/contract/misfit-of.ts'
import { type ProblemCode, problem, problems } from '#shared/contract/problems.ts'
import { problemsOf } from '#shared/contract/problems-of.ts'
import type { Route } from '#shared/contract/route.ts'

export type Answered = { status: number; headers: { [name: string]: string }; text: string; body: unknown }

/** @throws where an answer is not what the contract promises, or an error is not one that the contract lists. */
export function checkAnswer(route: Route | undefined, answer: Answered): void {
  const misfit = answer.status >= 400 ? misfitOfProblem(route, answer) : misfitOfAnswer(route, answer)
  if (misfit) throw new Error(`${route?.name ?? 'no route'} answered ${answer.status}: ${misfit}\n${answer.text}`)
}

function misfitOfAnswer(route: Route | undefined, { status, headers, body }: Answered): string | undefined {
  const shape = route?.responses[status]
  if (!route || !shape) return 'the contract has no such status'
  const type = shape.contentType ?? (shape.body && 'application/json')
  if (headers['content-type'] !== type) return `its type is ${headers['content-type']}, not ${type}`
  const kept = headers['cache-control'] ?? ''
  if (route.cacheSeconds === undefined ? kept !== 'no-store' : !kept.includes(`s-maxage=${route.cacheSeconds}`))
    return `its Cache-Control is ${kept}`
  if (route.cacheSeconds !== undefined && !/^"[\w-]+"$/.test(headers.etag ?? '')) return 'it has no strong ETag'
  return misfitOf(shape, body)
}

function misfitOfProblem(route: Route | undefined, { status, headers, body }: Answered): string | undefined {
  if (headers['content-type'] !== 'application/problem+json') return 'it is no problem+json'
  if (headers['cache-control'] !== 'no-store') return 'a problem may not be cached'
  const misfit = misfitOf({ description: 'A problem.', body: problem }, body)
  if (misfit) return misfit
  const { code, title, status: told, errors } = problem.parse(body)
  const listed: readonly string[] = route ? problemsOf(route) : (['ROUTE_NOT_FOUND', 'METHOD_NOT_ALLOWED'] as const)
  if (!isCode(code) || !listed.includes(code)) return `the contract does not list ${code} there`
  if (told !== status || problems[code].status !== status || problems[code].title !== title)
    return 'status or title is not that of its code'
  return code === 'INVALID_REQUEST' && !errors?.length ? 'it does not say which fields' : undefined
}

function isCode(code: string): code is ProblemCode {
  return code in problems
}
