import * as z from 'zod'
import { type AccessPerson, accessPerson, type PersonHolder } from '../../domain/access/access-person.ts'
import { generation } from '../../domain/catalog/generation.ts'
import { notificationChoices } from '../../domain/reporting/notifications/notification.ts'
import type { Condition, Write } from '../engine/engine.ts'
import { toEpochSeconds } from '../engine/expiry.ts'
import {
  accessPersonKey,
  peopleKey,
  personSessionKey,
  personSessionUseKey,
  signInEmailKey,
  type Table,
} from '../keys.ts'
import { toItem } from '../rows.ts'

/** A link that signs a person in once. Only the hash of its secret is stored. */
export const signInLink = z.object({
  sha256: z.string(),
  kind: z.enum(['invitation', 'sign-in']),
  expiresAt: z.string(),
  /** The hash of the secret that the browser which asked for it has. Absent: any browser may open it. */
  browserSha256: z.string().optional(),
})
export type SignInLink = z.output<typeof signInLink>

/** The authenticator app of a person. Without `sealedSecret` it is only being set up. */
export const secondFactor = z.object({
  sealedSecret: z.string().optional(),
  /** Of an app that is set up now, until a code of it was entered. */
  sealedNextSecret: z.string().optional(),
  /** The latest step whose code was used. */
  lastStep: z.int(),
  /** SHA-256 of each that was not used. */
  recoveryCodes: z.array(z.string()),
  /** In a row. */
  wrongCodes: z.int(),
  lockedUntil: z.string().optional(),
})
export type SecondFactor = z.output<typeof secondFactor>

/**
 * A person with what decides about their links and sessions. A session counts only for the `epoch` in which it began, so
 * that one write of this row ends all of them.
 */
export const personRow = z.object({
  version: z.int(),
  epoch: z.int(),
  person: accessPerson,
  /** HMAC of the email. */
  emailHash: z.string(),
  /** Of the school or source. One that was deleted and written again is another. */
  generation,
  links: z.array(signInLink),
  /** Absent: never set up, or reset. */
  secondFactor: secondFactor.optional(),
  /** Of which events the person is told otherwise than others of the role. */
  notifications: notificationChoices.optional(),
})
export type PersonRow = z.output<typeof personRow>

/** `endsAt` is the latest end; a session that is not used ends earlier. */
export const personSession = z.object({
  sessionId: z.string(),
  sha256: z.string(),
  epoch: z.int(),
  startedAt: z.string(),
  endsAt: z.string(),
  /** The browser as it describes itself, for the list of the person's own sessions. */
  device: z.string().optional(),
  /** The code of the authenticator app is missing: nothing else is allowed yet. */
  awaits: z.literal('code').optional(),
  /** How the person signed in. Absent: by email, before providers could be set. */
  by: z.enum(['email', 'provider']).optional(),
})
export type PersonSession = z.output<typeof personSession>

export function getPersonHolderName(holder: PersonHolder): string {
  if (holder.caller === 'operator') return 'operator'
  return holder.caller === 'school' ? `school#${holder.schoolId}` : `source#${holder.sourceId}`
}

/** Writes of a new person. The second fails if the holder has a person with this email. */
export function buildNewPersonWrites(row: PersonRow): Write<Table>[] {
  return [
    { in: 'leads', put: toStoredRow({ ...row, version: 1 }), when: { exists: false } },
    buildEmailWrite(row),
    { in: 'leads', put: peopleKey(getPersonHolderName(row.person.holder), row.person.personId) },
  ]
}

/** Replaces a person, if no other write has replaced it since it was read. `version` is that of the row that was read. */
export function buildPersonWrite(row: PersonRow): Write<Table> {
  const when: Condition = { attribute: 'version', is: 'equal', value: row.version }
  return { in: 'leads', put: toStoredRow({ ...row, version: row.version + 1 }), when }
}

/** Fails if the person was changed or removed since the row was read. */
export function checkPersonUnchanged({ version, person }: PersonRow): Write<Table> {
  const when: Condition = { attribute: 'version', is: 'equal', value: version }
  return { in: 'leads', check: accessPersonKey(person.personId), when }
}

/** Moves a person to another email. The last write fails if the holder has a person with that one. */
export function buildEmailChangeWrites(before: PersonRow, after: PersonRow): Write<Table>[] {
  if (before.emailHash === after.emailHash) return []
  return [buildEmailRemoval(before), buildEmailWrite(after)]
}

/** Writes that remove a person. Sessions without their person are refused, and expire. */
export function buildPersonRemovalWrites(row: PersonRow): Write<Table>[] {
  const { personId, holder } = row.person
  return [
    {
      in: 'leads',
      delete: accessPersonKey(personId),
      when: { attribute: 'version', is: 'equal', value: row.version },
    },
    buildEmailRemoval(row),
    { in: 'leads', delete: peopleKey(getPersonHolderName(holder), personId) },
  ]
}

export function buildSessionWrite({ personId }: Pick<AccessPerson, 'personId'>, session: PersonSession): Write<Table> {
  const { sessionId, endsAt } = session
  const row = { ...personSessionKey(personId, sessionId), ...toItem(session), expiresAt: toExpiry(endsAt) }
  return { in: 'leads', put: row, when: { exists: false } }
}

export function buildSessionRemovalWrites(personId: string, sessionId: string): Write<Table>[] {
  return [
    { in: 'leads', delete: personSessionKey(personId, sessionId) },
    { in: 'leads', delete: personSessionUseKey(personId, sessionId) },
  ]
}

export function toExpiry(endsAt: string): number {
  return toEpochSeconds(new Date(endsAt))
}

function toStoredRow(row: PersonRow) {
  return { ...accessPersonKey(row.person.personId), ...toItem(row) }
}

function buildEmailWrite({ emailHash, person: { holder, personId } }: PersonRow): Write<Table> {
  return {
    in: 'leads',
    put: { ...signInEmailKey(emailHash, getPersonHolderName(holder)), personId },
    when: { exists: false },
  }
}

function buildEmailRemoval({ emailHash, person: { holder } }: PersonRow): Write<Table> {
  return { in: 'leads', delete: signInEmailKey(emailHash, getPersonHolderName(holder)) }
}
