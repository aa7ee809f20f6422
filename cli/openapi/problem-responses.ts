import { type Problem, type ProblemCode, problems } from '#shared/contract/problems.ts'
import { problemsOf } from '#shared/contract/problems-of.ts'
import type { Route } from '#shared/contract/route.ts'
import { problemHeaders } from './response-headers.ts'

/** One response for each status that a problem of the route has; its examples are the codes that it may carry. */
export function problemResponses(route: Route) {
  const byStatus = Map.groupBy(problemsOf(route), (code) => problems[code].status)
  return Object.fromEntries([...byStatus].map(([status, codes]) => [String(status), responseWith(status, codes)]))
}

export const problemExamples: { [code: string]: { summary: string; value: Problem } } = Object.fromEntries(
  Object.entries(problems).map(([code, { status, title }]) => [
    code,
    { summary: title, value: { type: `/docs#problem-${code}`, title, status, code } },
  ]),
)

const made = new Map<string, ReturnType<typeof response>>()

// The same object for the same codes, so that it is one component.
function responseWith(status: number, codes: ProblemCode[]) {
  const id = codes.toSorted().join('.')
  const known = made.get(id) ?? response(id, status, codes)
  made.set(id, known)
  return known
}

function response(id: string, status: number, codes: ProblemCode[]) {
  return {
    id,
    description: codes.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' '),
    headers: problemHeaders(status),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  }
}
