import type { LeadAccess } from '#shared/domain/capture/lead-access.ts'

/** After a withdrawal a school reads no note of the lead either: people write names and phone numbers there. */
export function hidesNotes(access: LeadAccess): boolean {
  return access.view === 'masked' && (access.reason === 'withdrawn' || access.reason === 'suppressed')
}

export function withoutNote<Noted extends { note?: string | undefined }>({
  note: _,
  ...rest
}: Noted): Omit<Noted, 'note'> {
  return rest
}
