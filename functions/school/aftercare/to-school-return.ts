import { hidesNotes, withoutReturnNotes } from '#shared/domain/aftercare/hide-notes.ts'
import type { LeadReturn } from '#shared/domain/aftercare/lead-return.ts'
import type { LeadAccess } from '#shared/domain/capture/lead-access.ts'

/** Leaves out which member of staff decided; that is internal. What people wrote is left out after a withdrawal. */
export function toSchoolReturn(
  { decidedBy: _, ...schoolReturn }: LeadReturn,
  access: LeadAccess,
): Omit<LeadReturn, 'decidedBy'> {
  return hidesNotes(access) ? withoutReturnNotes(schoolReturn) : schoolReturn
}
