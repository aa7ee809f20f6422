import * as z from 'zod'

/** When a second lead from the same person counts as a duplicate. */
export const duplicates = z
  .strictObject({
    keys: z.enum(['any', 'email', 'phone', 'both', 'none']).meta({
      description: '`any`: the same email or the same phone. `both`: the same email and the same phone.',
    }),
    windowDays: z.int().min(1).max(730).default(30),
  })
  .meta({ id: 'Duplicates' })
export type Duplicates = z.output<typeof duplicates>

/** HMACs that identify a person. A missing one matches no person. */
export type PersonDigests = { email?: string; phone?: string; both?: string }

/** A row that makes a second lead from the same person within `days` fail, in the scope of a school or source. */
export type DedupeMarker = { scope: string; digest: string; days: number }

/** Returns the dedupe scope of a source. It cannot equal that of a school, because school ids have no `#`. */
export const toSourceScope = (sourceId: string) => `source#${sourceId}`

/** Returns one dedupe marker for each key that counts. */
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
