import type { LeadReturn } from '#shared/domain/aftercare/lead-return.ts'

/** A return as its school sees it. */
export function toldReturn({ decidedBy: _, ...told }: LeadReturn): Omit<LeadReturn, 'decidedBy'> {
  return told
}
