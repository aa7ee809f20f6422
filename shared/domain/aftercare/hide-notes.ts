import type { LeadAccess } from '../capture/lead-access.ts'

/**
 * After a withdrawal or an erasure neither school nor staff read the notes of a lead, nor what the school's system said of it:
 * people write names and phone numbers there.
 */
export function hidesNotes(access: LeadAccess): boolean {
  return access.view === 'none' || (access.view === 'masked' && ['withdrawn', 'suppressed'].includes(access.reason))
}

export function withoutNote<Noted extends { note?: string | undefined }>({
  note: _,
  ...rest
}: Noted): Omit<Noted, 'note'> {
  return rest
}

/** Leaves out what school and staff wrote about a return. */
export function withoutReturnNotes<
  Return extends { note?: string | undefined; evidenceUrl?: string | undefined; answer?: string | undefined },
>({ note: _, evidenceUrl: __, answer: ___, ...rest }: Return): Omit<Return, 'note' | 'evidenceUrl' | 'answer'> {
  return rest
}
