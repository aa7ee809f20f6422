import { sessionCookies } from '#shared/contract/access/session-carriers.ts'
import { signIn as route } from '#shared/contract/access/sign-in.ts'
import { type ProblemCode, Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type AccessPerson, getSignInApp, sessionLimits } from '#shared/domain/access/access-person.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { addHours } from '#shared/domain/time.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { findCookieSession, isSameHash, requireApp } from '#shared/http/authorize-session.ts'
import { formatCookie } from '#shared/http/cookies.ts'
import { getSignInLimits } from '#shared/http/limits.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'
import type { PersonRow } from '#shared/store/access/people-rows.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import { newSecret } from '#shared/workflows/access/sign-in-links.ts'
import { readBrowser } from './request-sign-in.ts'

type SignInDependencies = Pick<Dependencies, 'people' | 'randomBytes'> &
  AuditChangeDependencies & { digests: Pick<Dependencies['digests'], 'hashAddressBlock'> }
type LinkFault = 'unknown' | 'expired' | 'other-browser'

/**
 * Begins a session with an unused link. Its ID and secret are new, whatever cookie the browser had, and a session that the
 * browser had before ends.
 */
export async function signIn(
  { body, app: callingApp, ip, spend, cookies = [] }: Request<typeof route>,
  deps: SignInDependencies,
): Promise<Reply<typeof route>> {
  requireApp(callingApp)
  for (const limit of getSignInLimits({ ip }, deps)) await spend(limit)
  const [personId = '', linkSecret = ''] = body.token.split('.')
  if (!/^psn_[\w-]{22}$/.test(personId)) throw toLinkRefusal('unknown')
  const browser = readBrowser(cookies)
  const opened = { sha256: sha256(linkSecret), browserSha256: browser && sha256(browser) }
  const secret = newSecret(deps)
  const sessionId = deps.newId('session')
  const startedAt = deps.now().toISOString()
  const { device } = body
  const session = (caller: AccessPerson['holder']['caller']) => ({
    sessionId,
    sha256: sha256(secret),
    startedAt,
    endsAt: addHours(startedAt, sessionLimits[caller].totalHours),
    ...(device !== undefined && { device }),
  })
  const row = await deps.people.find(personId)
  if (!row) throw toLinkRefusal('unknown')
  const { holder } = row.person
  const outcome = await deps.people.beginSession<LinkFault>(personId, session(holder.caller), async (current) => {
    const fault = await findLinkFault(current, opened, startedAt, deps)
    if (fault) return { refused: fault }
    return { row: useLink(current, opened.sha256, startedAt), also: [auditNewSession(current.person, sessionId, deps)] }
  })
  if ('refused' in outcome)
    throw toLinkRefusal(outcome.refused === 'absent' || outcome.refused === 'email-taken' ? 'unknown' : outcome.refused)
  const app = getSignInApp(holder)
  const earlier = await findCookieSession(app, cookies, deps)
  if (earlier) await deps.people.endSession(earlier.row.person.personId, earlier.session.sessionId, [])
  const { email, name, role } = outcome.row.person
  const cookie = `${personId}.${sessionId}.${secret}`
  return {
    status: 201,
    cookies: [formatCookie(sessionCookies[app], cookie, sessionLimits[holder.caller].totalHours * 3600)],
    body: { app, person: { personId, holder, email, name, role } },
  }
}

type OpenedLink = { sha256: string; browserSha256: string | undefined }

async function findLinkFault(
  row: PersonRow,
  opened: OpenedLink,
  now: string,
  { people }: Pick<Dependencies, 'people'>,
): Promise<LinkFault | undefined> {
  const link = row.links.find(({ sha256 }) => isSameHash(sha256, opened.sha256))
  if (!link || row.person.status === 'disabled' || !(await people.isSchoolCurrent(row))) return 'unknown'
  if (link.expiresAt <= now) return 'expired'
  const { browserSha256 } = link
  if (browserSha256 !== undefined && !isSameHash(browserSha256, opened.browserSha256 ?? '')) return 'other-browser'
  return undefined
}

function useLink(row: PersonRow, linkSha256: string, now: string): PersonRow {
  const person = { ...row.person, status: 'active', lastSignInAt: now } as const
  return { ...row, person, links: row.links.filter(({ sha256 }) => sha256 !== linkSha256) }
}

function auditNewSession(
  { personId, holder, name, role }: AccessPerson,
  sessionId: string,
  deps: AuditChangeDependencies,
) {
  const actor = toActor({ caller: 'person', holder, keyId: sessionId, name, person: { personId, name } })
  const record = { kind: 'people', id: personId }
  return auditChange({ actor, action: 'session.started', record, after: { sessionId, role } }, deps)
}

function toLinkRefusal(fault: LinkFault): Refusal {
  const [code, detail] = linkRefusals[fault]
  return new Refusal(code, detail)
}

const linkRefusals = {
  unknown: ['LINK_USED', 'This link was used, replaced by a newer one, or is incomplete. Ask for a new one.'],
  expired: ['LINK_EXPIRED', 'This link has expired. Ask for a new one.'],
  'other-browser': [
    'LINK_OTHER_BROWSER',
    'Open this link in the browser in which you asked for it, or ask for a new one in this browser.',
  ],
} as const satisfies { [fault in LinkFault]: readonly [ProblemCode, string] }

export const handler = defineHandler(route, signIn)
