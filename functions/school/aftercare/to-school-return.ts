import type { LeadReturn } from '#shared/domain/aftercare/lead-return.ts'

/** Leaves out which member of staff decided; that is internal. */
export function toSchoolReturn({ decidedBy: _, ...schoolReturn }: LeadReturn): Omit<LeadReturn, 'decidedBy'> {
  return schoolReturn
}
