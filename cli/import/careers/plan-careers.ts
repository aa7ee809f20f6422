import type * as z from 'zod'
import { type Career, career as careerShape } from '#shared/domain/catalog/career.ts'
import { describeIssue } from '#shared/http/describe-issue.ts'
import { type Change, diffCareers } from './diff-careers.ts'
import type { StoredCareer } from './read-careers.ts'

/** A career with imported data, and notes for staff. */
export type FilledCareer = { career: Career; notes: readonly string[] }
export type CareerPlan = StoredCareer & {
  /** The career as it was read. */
  before: Career
  changes: Change[]
  unchanged: number
  notes: readonly string[]
  /** Reasons why it cannot be written. */
  faults: readonly string[]
}

export type CareerOutcome = Pick<CareerPlan, 'id' | 'changes' | 'unchanged' | 'notes' | 'faults'> & {
  outcome: 'would-write' | 'written' | 'unchanged' | 'version-conflict' | 'refused'
  version: number
}

/** Plans the write of each career, without any request. */
export function planCareers(
  careers: readonly StoredCareer[],
  fill: (career: Career, id: string) => FilledCareer,
): CareerPlan[] {
  return careers.map(({ id, version, career: before }) => {
    const { career: after, notes } = fill(before, id)
    const parsed = careerShape.safeParse(after, { error: describeIssue })
    const issues = parsed.success ? [] : parsed.error.issues
    const faults = issues.map((issue) => describeFault(issue, after))
    return { id, version, career: after, before, ...diffCareers(before, after), notes, faults }
  })
}

function describeFault(issue: z.core.$ZodIssue, { facts }: Career): string {
  const { code, path, message } = issue
  if (code === 'too_big' && path[0] === 'facts' && path.length === 1)
    return `It would have ${facts.length} facts; the maximum is ${issue.maximum}. Enter fewer SOC codes, or delete facts.`
  return `/${path.join('/')} ${message}`
}
