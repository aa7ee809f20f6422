import { listProblems } from '#shared/contract/list-problems.ts'
import { type Problem, type ProblemCode, problems } from '#shared/contract/problems.ts'
import type { Route } from '#shared/contract/route.ts'
import { toProblemHeaders } from './to-response-headers.ts'

/** Returns one response per status of the route's problems, with an example for each code. */
export function toProblemResponses(route: Route) {
  const byStatus = Map.groupBy(listProblems(route), (code) => problems[code].status)
  return Object.fromEntries([...byStatus].map(([status, codes]) => [String(status), getProblemResponse(status, codes)]))
}

export const problemExamples: { [code: string]: { summary: string; value: Problem } } = Object.fromEntries(
  Object.entries(problems).map(([code, { status, title }]) => [
    code,
    { summary: title, value: { type: `/docs#problem-${code}`, title, status, code } },
  ]),
)

const responsesById = new Map<string, ReturnType<typeof buildProblemResponse>>()

// The same codes return the same object, so that the document has one component for them.
function getProblemResponse(status: number, codes: ProblemCode[]) {
  const id = codes.toSorted().join('.')
  const problemResponse = responsesById.get(id) ?? buildProblemResponse(id, status, codes)
  responsesById.set(id, problemResponse)
  return problemResponse
}

function buildProblemResponse(id: string, status: number, codes: ProblemCode[]) {
  return {
    id,
    description: codes.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' '),
    headers: toProblemHeaders(status),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  }
}
