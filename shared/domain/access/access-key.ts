import * as z from 'zod'
import { instant, recordId, singleLine } from '../vocabulary.ts'

/** Who holds a key: staff, a school or a source. */
export const holder = z
  .discriminatedUnion('caller', [
    z.strictObject({ caller: z.literal('operator') }),
    z.strictObject({ caller: z.literal('school'), schoolId: recordId }),
    z.strictObject({ caller: z.literal('source'), sourceId: recordId }),
  ])
  .meta({ id: 'KeyHolder' })
export type Holder = z.output<typeof holder>

/**
 * What a secret key may do. `read` changes nothing; `admin` (staff) and `manage` (school) allow everything that the
 * holder may do; `server` sends leads from a publisher's server.
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

/** A key without its secret and without its hash. The secret is shown once, at creation. */
export const accessKey = z
  .object({
    keyId: z.string(),
    holder,
    scope,
    name: singleLine(80),
    createdAt: instant,
    expiresAt: instant.optional(),
    linkId: z
      .string()
      .optional()
      .meta({ description: 'The portal link that opened this session. Absent: an API key, and no session.' }),
  })
  .meta({ id: 'AccessKey' })
export type AccessKey = z.output<typeof accessKey>

/** Active keys per holder and name: the old and the new one during a rotation. */
export const maxKeysPerName = 2
/** Active keys per holder, portal sessions included. */
export const maxKeysPerHolder = 100
