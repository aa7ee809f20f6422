import type * as z from 'zod'
import { type Career, career as careerShape } from '#shared/domain/catalog/career.ts'
import { type Change, changesOf } from './changes-of.ts'
import type { StandingCareer } from './read-careers.ts'

/** What an importer makes of a career, and what staff should know of it. */
export type Filled = { career: Career; notes: readonly string[] }
export type Plan = StandingCareer & {
  changes: Change[]
  unchanged: number
  notes: readonly string[]
  /** Why it cannot be written. */
  faults: readonly string[]
}

/** What would be written where; nothing is asked of anybody. */
export function planCareers(standing: readonly StandingCareer[], fill: (career: Career, id: string) => Filled): Plan[] {
  return standing.map(({ id, version, career: before }) => {
    const { career: after, notes } = fill(before, id)
    const parsed = careerShape.safeParse(after)
    const issues = parsed.success ? [] : parsed.error.issues
    const faults = issues.map((issue) => faultOf(issue, after))
    return { id, version, career: after, ...changesOf(before, after), notes, faults }
  })
}

function faultOf(issue: z.core.$ZodIssue, { facts }: Career): string {
  const { code, path, message } = issue
  if (code === 'too_big' && path[0] === 'facts' && path.length === 1)
    return `It would hold ${facts.length} facts, and ${issue.maximum} are the most: ask for fewer states, or delete some.`
  return `/${path.join('/')} ${message}`
}
