import { sessionCookies } from '#shared/contract/access/session-carriers.ts'
import {
  endPersonSession,
  listOwnSessions,
  readSelf,
  signOut,
  signOutEverywhere,
} from '#shared/contract/access/sign-in.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { getSignInApp } from '#shared/domain/access/access-person.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { PersonPrincipal } from '#shared/http/authorize-session.ts'
import { formatCookie } from '#shared/http/cookies.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'

type EndSessionDependencies = Pick<Dependencies, 'people'> & AuditChangeDependencies

/** Returns the person of the session. */
export async function readOwnPerson({ principal }: Request<typeof readSelf>): Promise<Reply<typeof readSelf>> {
  const { person, holder, secondFactor } = principal
  return { status: 200, body: { ...person, holder, secondFactor } }
}

/** Lists the sessions of the person who asks. */
export async function listSessionsOfSelf(
  { principal }: Request<typeof listOwnSessions>,
  { people, now }: Pick<Dependencies, 'people' | 'now'>,
): Promise<Reply<typeof listOwnSessions>> {
  const active = await people.listActiveSessions(principal.person.personId, now())
  const sessions = active.map(({ session: { sessionId, startedAt, endsAt, device }, lastUsedAt }) => ({
    ...{ sessionId, startedAt, endsAt, lastUsedAt, isCurrent: sessionId === principal.keyId },
    ...(device !== undefined && { device }),
  }))
  return { status: 200, body: { sessions } }
}

/** Ends the session of the request, and deletes its cookie. */
export async function endThisSession(
  { principal }: Request<typeof signOut>,
  deps: EndSessionDependencies,
): Promise<Reply<typeof signOut>> {
  await endSession(principal.keyId, principal, deps)
  return { status: 204, cookies: [deleteCookie(principal)] }
}

/** Ends another session of the person who asks. */
export async function endOtherSession(
  { params, principal }: Request<typeof endPersonSession>,
  deps: EndSessionDependencies,
): Promise<Reply<typeof endPersonSession>> {
  const outcome = await endSession(params.sessionId, principal, deps)
  if (outcome === 'absent') throw new Refusal('NOT_FOUND', 'Session not found.')
  return { status: 204, ...(params.sessionId === principal.keyId && { cookies: [deleteCookie(principal)] }) }
}

/** Ends all sessions of the person who asks, in one write. */
export async function endAllSessions(
  { principal }: Request<typeof signOutEverywhere>,
  deps: EndSessionDependencies,
): Promise<Reply<typeof signOutEverywhere>> {
  const { personId } = principal.person
  const record = { kind: 'people', id: personId }
  const audit = auditChange({ actor: toActor(principal), action: 'session.ended', record }, deps)
  await deps.people.change(personId, (row) => ({ row: { ...row, epoch: row.epoch + 1, links: [] }, also: [audit] }))
  return { status: 204, cookies: [deleteCookie(principal)] }
}

async function endSession(sessionId: string, principal: PersonPrincipal, deps: EndSessionDependencies) {
  const { personId } = principal.person
  const record = { kind: 'people', id: personId }
  const audit = auditChange({ actor: toActor(principal), action: 'session.ended', record, before: { sessionId } }, deps)
  return deps.people.endSession(personId, sessionId, [audit])
}

function deleteCookie({ holder }: PersonPrincipal): string {
  return formatCookie(sessionCookies[getSignInApp(holder)], '', 0)
}

export const readSelfHandler = defineHandler(readSelf, readOwnPerson)
export const listHandler = defineHandler(listOwnSessions, listSessionsOfSelf)
export const signOutHandler = defineHandler(signOut, endThisSession)
export const endHandler = defineHandler(endPersonSession, endOtherSession)
export const signOutEverywhereHandler = defineHandler(signOutEverywhere, endAllSessions)
