import * as z from 'zod'

/** When a second enquiry of one person counts as a duplicate. */
export const duplicates = z
  .strictObject({
    keys: z.enum(['any', 'email', 'phone', 'both', 'none']).meta({
      description: '`any`: the same e-mail or the same phone. `both`: the same e-mail and the same phone.',
    }),
    windowDays: z.int().min(1).max(730).default(30),
  })
  .meta({ id: 'Duplicates' })
export type Duplicates = z.output<typeof duplicates>

/** HMACs by which a person is recognised. One that is absent matches nobody. */
export type PersonDigests = { email?: string; phone?: string; both?: string }

/** What guards a person against a second enquiry within the window: one guard for each key that counts. */
export type DedupeMarker = { scope: string; digest: string; days: number }

/** The scope of a guard that no school shares: one source's leads, whichever school took them. */
export const toSourceScope = (sourceId: string) => `source#${sourceId}`

export function createDedupeMarkers(
  { keys, windowDays }: Duplicates,
  scope: string,
  person: PersonDigests,
): DedupeMarker[] {
  const digests = {
    any: [person.email, person.phone],
    email: [person.email],
    phone: [person.phone],
    both: [person.both],
    none: [],
  }[keys]
  return digests.flatMap((digest) => (digest ? [{ scope, digest, days: windowDays }] : []))
}
