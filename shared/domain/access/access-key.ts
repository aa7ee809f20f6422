import * as z from 'zod'
import { instant, recordId, singleLine } from '../vocabulary.ts'

/** For whom a key speaks. */
export const holder = z
  .discriminatedUnion('caller', [
    z.strictObject({ caller: z.literal('operator') }),
    z.strictObject({ caller: z.literal('school'), schoolId: recordId }),
    z.strictObject({ caller: z.literal('source'), sourceId: recordId }),
  ])
  .meta({ id: 'KeyHolder' })
export type Holder = z.output<typeof holder>

/**
 * How much a secret key may do. `read` changes nothing; `admin` and `manage` do all that staff, or a school, may do;
 * `server` sends leads from a publisher's own server.
 */
export const scopes = {
  operator: ['read', 'admin'],
  school: ['read', 'manage'],
  source: ['server'],
} as const satisfies { [caller in Holder['caller']]: readonly string[] }
export const scope = z.enum(['read', 'admin', 'manage', 'server']).meta({ id: 'KeyScope' })
export type Scope = z.output<typeof scope>

export function isScopeAllowed(requestedScope: Scope, { caller }: Holder): boolean {
  return scopes[caller].some((one) => one === requestedScope)
}

/** What may be known of a key. The key itself was shown once, and its hash is nobody's business. */
export const accessKey = z
  .object({
    keyId: z.string(),
    holder,
    scope,
    name: singleLine(80),
    createdAt: instant,
    expiresAt: instant.optional(),
  })
  .meta({ id: 'AccessKey' })
export type AccessKey = z.output<typeof accessKey>

/** So many live keys of one name: the old and the new, while whoever holds them changes over. */
export const maxKeysPerName = 2
/** So many live keys of one holder in all. */
export const maxKeysPerHolder = 100
