import * as z from 'zod'
import { mailbox } from '../fields/person-fields.ts'
import { idSchema } from '../ids.ts'
import { instant, recordId, singleLine } from '../vocabulary.ts'
import { actor } from './actor.ts'

/** Whom a person works for: us, a school, or a publisher. */
export const personHolder = z
  .discriminatedUnion('caller', [
    z.strictObject({ caller: z.literal('operator') }),
    z.strictObject({ caller: z.literal('school'), schoolId: recordId }),
    z.strictObject({ caller: z.literal('source'), sourceId: recordId }),
  ])
  .meta({ id: 'PersonHolder' })
export type PersonHolder = z.output<typeof personHolder>

/** Roles by whom a person works for. What each may do is in `contract/access/role-rights.ts`. */
export const personRoles = {
  operator: ['owner', 'operations', 'billing', 'viewer'],
  school: ['admin', 'officer', 'viewer'],
  // What a publisher can do by hand, it can read; leads are sent by programs, with keys.
  source: ['viewer'],
} as const satisfies { [caller in PersonHolder['caller']]: readonly string[] }
export const staffRole = z.enum(personRoles.operator).meta({ id: 'StaffRole' })
export type StaffRole = z.output<typeof staffRole>
export const schoolRole = z.enum(personRoles.school).meta({ id: 'SchoolRole' })
export type SchoolRole = z.output<typeof schoolRole>
export const sourceRole = z.enum(personRoles.source).meta({ id: 'SourceRole' })
export type SourceRole = z.output<typeof sourceRole>
export const personRole = z
  .enum(['owner', 'operations', 'billing', 'viewer', 'admin', 'officer'])
  .meta({ id: 'PersonRole' })
export type PersonRole = z.output<typeof personRole>

export function isRoleOf(role: PersonRole, { caller }: PersonHolder): boolean {
  return personRoles[caller].some((one) => one === role)
}

/** `invited`: never signed in. `disabled`: cannot sign in; the record stays, so that entries of the audit keep their name. */
export const personStatus = z.enum(['invited', 'active', 'disabled']).meta({ id: 'PersonStatus' })

/** A person who signs in to the console, the portal or the publisher page. */
export const accessPerson = z
  .object({
    personId: idSchema('person'),
    holder: personHolder,
    email: mailbox,
    name: singleLine(80),
    role: personRole,
    status: personStatus,
    createdAt: instant,
    createdBy: actor,
    invitedAt: instant.optional().meta({ description: 'When the last invitation was created.' }),
    lastSignInAt: instant.optional(),
    secondFactorSince: instant
      .optional()
      .meta({ description: 'Since when the person enters a code of an authenticator app. Absent: not set up.' }),
  })
  .meta({ id: 'AccessPerson' })
export type AccessPerson = z.output<typeof accessPerson>

/** The page of each caller: staff sign in to the console, schools to the portal, publishers to their page. */
export const signInApps = { console: 'operator', portal: 'school', publisher: 'source' } as const satisfies {
  [app: string]: PersonHolder['caller']
}
export type SignInApp = keyof typeof signInApps

export function getSignInApp({ caller }: PersonHolder): SignInApp {
  return appsByCaller[caller]
}

const appsByCaller = { operator: 'console', school: 'portal', source: 'publisher' } as const satisfies {
  [caller in PersonHolder['caller']]: SignInApp
}

/** The record of a school or source that a person works for; undefined for staff. */
export function getHolderRecord(holder: PersonHolder): { kind: 'schools' | 'sources'; id: string } | undefined {
  if (holder.caller === 'school') return { kind: 'schools', id: holder.schoolId }
  return holder.caller === 'source' ? { kind: 'sources', id: holder.sourceId } : undefined
}

/** How long a session lasts without a request, and in total. */
export const sessionLimits = {
  operator: { idleHours: 12, totalHours: 7 * 24 },
  school: { idleHours: 24, totalHours: 14 * 24 },
  source: { idleHours: 24, totalHours: 14 * 24 },
} as const satisfies { [caller in PersonHolder['caller']]: { idleHours: number; totalHours: number } }

export const invitationHours = 7 * 24
export const signInLinkMinutes = 15
/** Sign-in links of one person that can be opened. */
export const maxSignInLinks = 5
/** Sessions of one person. The oldest ends when another begins. */
export const maxSessionsPerPerson = 20
/** People of one school or source, or of staff. */
export const maxPeoplePerHolder = 500

/** The parameter of the address of console or portal that carries the token of a link. Browsers send it to no server. */
export const signInParameter = 'signin'

/** The address that signs a person in. */
export function formatSignInUrl(origin: string, { holder }: Pick<AccessPerson, 'holder'>, token: string): string {
  return `${origin}/${getSignInApp(holder)}#${signInParameter}=${token}`
}
