import { timingSafeEqual } from 'node:crypto'
import { isRoleAllowed } from '../contract/access/role-rights.ts'
import { appHeader, sessionCookies, signInApp } from '../contract/access/session-carriers.ts'
import { Refusal } from '../contract/problems.ts'
import type { Route } from '../contract/route.ts'
import { type AccessPerson, type PersonHolder, type SignInApp, signInApps } from '../domain/access/access-person.ts'
import {
  isSecondFactorRequired,
  type SecondFactorPolicy,
  type SecondFactorState,
} from '../domain/access/second-factor.ts'
import type { Generation } from '../domain/catalog/generation.ts'
import { sha256 } from '../platform/digests.ts'
import type { Log } from '../platform/log.ts'
import type { PeopleStore } from '../store/access/people-store.ts'
import type { ActiveSession } from '../store/access/person-sessions.ts'
import { readCookie } from './cookies.ts'

type Headers = { [name: string]: string | undefined }
export type SessionDependencies = {
  /** Absent: no one signs in to this API. */
  people?: Pick<PeopleStore, 'findSession' | 'recordSessionUse'> | undefined
  isReadOnly?: (() => boolean) | undefined
  /** Who must enter codes of an authenticator app. Absent: no one must. */
  secondFactorPolicy?: SecondFactorPolicy | undefined
  now: () => Date
  log: Log
}

/** The person of a session, as operations see them. */
export type SignedInPerson = Pick<AccessPerson, 'personId' | 'name' | 'email' | 'role'>
type SessionPrincipal = { keyId: string; name: string; person: SignedInPerson; generation: Generation }
export type PersonPrincipal = SessionPrincipal & {
  caller: 'person'
  holder: PersonHolder
  secondFactor: SecondFactorState
}
export type SessionCaller =
  | PersonPrincipal
  | (SessionPrincipal & { caller: 'operator'; scope: 'read' | 'admin' })
  | (SessionPrincipal & { caller: 'school'; schoolId: string; scope: 'read' | 'manage' })
  | (SessionPrincipal & { caller: 'source'; sourceId: string; scope: 'server' })

/** Which app calls, if one does: only console, portal and publisher page can send the header. */
export function readApp(headers: Headers): SignInApp | undefined {
  return signInApp.safeParse(headers[appHeader]).data
}

/** @throws Refusal if the request is not one of console or portal: a page of another site may have sent it. */
export function requireApp(app: SignInApp | undefined): SignInApp {
  if (app === undefined)
    throw new Refusal('APP_HEADER_REQUIRED', `Send the header ${appHeader}, as console and portal do.`)
  return app
}

/** Returns the session that a cookie names, with its person, or nothing if it has ended or the secret is wrong. */
export async function findCookieSession(
  app: SignInApp,
  cookies: readonly string[],
  { people, now }: Pick<SessionDependencies, 'people' | 'now'>,
): Promise<ActiveSession | undefined> {
  const [personId = '', sessionId = '', secret = ''] = (readCookie(cookies, sessionCookies[app]) ?? '').split('.')
  if (!people || !idPattern.test(personId) || !idPattern.test(sessionId)) return undefined
  const active = await people.findSession({ personId, sessionId }, now())
  if (!active || !isSameHash(active.session.sha256, sha256(secret))) return undefined
  return active.row.person.holder.caller === signInApps[app] ? active : undefined
}

/**
 * Returns the signed-in person who calls a route. @throws Refusal if the session has ended, is one of the other app, or the
 * role does not allow the operation.
 */
export async function authorizeSession(
  route: Pick<Route, 'name' | 'caller' | 'withoutSecondFactor'>,
  { app, cookies }: { app: SignInApp; cookies: readonly string[] },
  deps: SessionDependencies,
): Promise<SessionCaller> {
  const active = await findCookieSession(app, cookies, deps)
  if (!active) throw sessionRefusal()
  const { person, generation } = active.row
  const { personId, holder, name, email, role } = person
  if (route.caller !== 'person' && route.caller !== holder.caller) throw sessionRefusal()
  const secondFactor = getSecondFactorState(active, deps)
  if (secondFactor === 'code-required' && !route.withoutSecondFactor)
    throw new Refusal('SECOND_FACTOR_REQUIRED', 'Enter the code of your authenticator app first.')
  if (secondFactor === 'setup-required' && route.caller !== 'person')
    throw new Refusal('SECOND_FACTOR_SETUP_REQUIRED', 'Your role needs an authenticator app. Set it up first.')
  if (!isRoleAllowed(role, route))
    throw new Refusal('ROLE_NOT_ALLOWED', `The role ${role} does not allow this. Ask for another role.`)
  if (!deps.isReadOnly?.()) await recordUse(active, deps)
  const { sessionId } = active.session
  const base = { keyId: sessionId, name, person: { personId, name, email, role }, generation }
  if (route.caller === 'person') return { ...base, caller: 'person', holder, secondFactor }
  const isViewer = role === 'viewer'
  // It reads what the secret key of the source reads. No route that sends leads takes a session.
  if (holder.caller === 'source') return { ...base, caller: 'source', sourceId: holder.sourceId, scope: 'server' }
  return holder.caller === 'operator'
    ? { ...base, caller: 'operator', scope: isViewer ? 'read' : 'admin' }
    : { ...base, caller: 'school', schoolId: holder.schoolId, scope: isViewer ? 'read' : 'manage' }
}

/** What a session says about the authenticator app of its person. */
export function getSecondFactorState(
  { row, session }: Pick<ActiveSession, 'row' | 'session'>,
  { secondFactorPolicy }: Pick<SessionDependencies, 'secondFactorPolicy'>,
): SecondFactorState {
  if (session.awaits) return 'code-required'
  if (row.secondFactor?.sealedSecret !== undefined) return 'on'
  return isSecondFactorRequired(row.person, secondFactorPolicy) ? 'setup-required' : 'off'
}

/** Best effort: a request does not fail because the use of its session could not be recorded. */
async function recordUse(active: ActiveSession, { people, now, log }: SessionDependencies): Promise<void> {
  const { sessionId } = active.session
  await people
    ?.recordSessionUse(active, now())
    .catch((error: unknown) => log('session.last_used_update_failed', { sessionId, error: String(error) }))
}

function sessionRefusal(): Refusal {
  return new Refusal('SESSION_INVALID', 'You are not signed in, or your session has ended. Sign in again.')
}

export function isSameHash(one: string, other: string): boolean {
  const [expected, actual] = [Buffer.from(one), Buffer.from(other)]
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}

const idPattern = /^(?:psn|ses)_[\w-]{22}$/
