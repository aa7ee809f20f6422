import { sessionCookies } from '#shared/contract/access/session-carriers.ts'
import { type AccessPerson, getSignInApp, sessionLimits } from '#shared/domain/access/access-person.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { codeMinutes, type SecondFactorState } from '#shared/domain/access/second-factor.ts'
import { addHours, addSeconds } from '#shared/domain/time.ts'
import { findCookieSession, getSecondFactorState } from '#shared/http/authorize-session.ts'
import { formatCookie } from '#shared/http/cookies.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'
import type { PersonRow, PersonSession } from '#shared/store/access/people-rows.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import { newSecret } from '#shared/workflows/access/sign-in-links.ts'

export type BeginSessionDependencies = Pick<Dependencies, 'people' | 'randomBytes' | 'secondFactorPolicy'> &
  AuditChangeDependencies
type Beginning = {
  by: NonNullable<PersonSession['by']>
  /** A code of the authenticator app was entered. */
  hasCode: boolean
  device: string | undefined
  cookies: readonly string[]
}
/** Returns the row to write, or why the person is not signed in. */
type Admit<Fault> = (row: PersonRow) => Promise<{ row: PersonRow } | { refused: Fault }>
type Holder = AccessPerson['holder']

/**
 * Begins a session of a person whom `admit` lets in. Its ID and secret are new, whatever cookie the browser had, and a
 * session that the browser had before ends. Without the code of an authenticator app that is set up, it waits for one.
 */
export async function beginSession<Fault>(
  { personId, holder }: { personId: string; holder: Holder },
  { by, hasCode, device, cookies }: Beginning,
  admit: Admit<Fault>,
  deps: BeginSessionDependencies,
) {
  const secret = newSecret(deps)
  const sessionId = deps.newId('session')
  const startedAt = deps.now().toISOString()
  const { totalHours } = sessionLimits[holder.caller]
  const isWaiting = ({ secondFactor }: PersonRow) => secondFactor?.sealedSecret !== undefined && !hasCode
  const buildSession = (row: PersonRow): Omit<PersonSession, 'epoch'> => ({
    ...{ sessionId, sha256: sha256(secret), startedAt, by },
    ...(device !== undefined && { device }),
    ...(isWaiting(row)
      ? { awaits: 'code', endsAt: addSeconds(startedAt, codeMinutes * 60) }
      : { endsAt: addHours(startedAt, totalHours) }),
  })
  const outcome = await deps.people.beginSession<Fault>(personId, buildSession, async (current) => {
    const admitted = await admit(current)
    if ('refused' in admitted) return admitted
    const { row } = admitted
    if (isWaiting(row)) return { row, also: [] }
    const person = { ...row.person, status: 'active', lastSignInAt: startedAt } as const
    return { row: { ...row, person }, also: [auditNewSession(person, { sessionId, by, hasCode }, deps)] }
  })
  if ('refused' in outcome) return outcome
  const { row } = outcome
  const app = getSignInApp(holder)
  const earlier = await findCookieSession(app, cookies, deps)
  if (earlier) await deps.people.endSession(earlier.row.person.personId, earlier.session.sessionId, [])
  const { email, name, role } = row.person
  const cookie = `${personId}.${sessionId}.${secret}`
  const secondFactor: SecondFactorState = getSecondFactorState(
    { row, session: { ...buildSession(row), epoch: row.epoch } },
    deps,
  )
  return {
    cookie: formatCookie(sessionCookies[app], cookie, totalHours * 3600),
    body: { app, person: { personId, holder, email, name, role }, secondFactor },
  }
}

function auditNewSession(
  { personId, holder, name, role }: AccessPerson,
  session: { sessionId: string; by: Beginning['by']; hasCode: boolean },
  deps: AuditChangeDependencies,
) {
  const { sessionId, by, hasCode } = session
  const actor = toActor({ caller: 'person', holder, keyId: sessionId, name, person: { personId, name } })
  const record = { kind: 'people', id: personId }
  const after = { sessionId, role, by, secondFactor: hasCode }
  return auditChange({ actor, action: 'session.started', record, after }, deps)
}
