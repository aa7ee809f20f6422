import type { LeadReturn } from '#shared/domain/aftercare/lead-return.ts'

/** A return as its school sees it. */
export function toSchoolReturn({ decidedBy: _, ...schoolReturn }: LeadReturn): Omit<LeadReturn, 'decidedBy'> {
  return schoolReturn
}
