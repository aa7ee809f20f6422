import type { LeadReturn } from '#shared/domain/aftercare/lead-return.ts'
import type { LeadAccess } from '#shared/domain/capture/lead-access.ts'
import { hidesNotes, withoutNote } from './hide-notes.ts'

/** Leaves out which member of staff decided; that is internal. What people wrote is left out after a withdrawal. */
export function toSchoolReturn(
  { decidedBy: _, ...schoolReturn }: LeadReturn,
  access: LeadAccess,
): Omit<LeadReturn, 'decidedBy'> {
  if (!hidesNotes(access)) return schoolReturn
  const { answer: __, ...rest } = withoutNote(schoolReturn)
  return rest
}
