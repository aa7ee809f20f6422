import {
  confirmSecondFactor,
  proveSecondFactor,
  resetSecondFactor,
  startSecondFactor,
} from '#shared/contract/access/second-factor.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { getSignInApp } from '#shared/domain/access/access-person.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import type { AuditAction } from '#shared/domain/access/audit-actions.ts'
import { lockHours, maxWrongCodes, normalizeCode } from '#shared/domain/access/second-factor.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { PersonPrincipal } from '#shared/http/authorize-session.ts'
import { findCookieSession } from '#shared/http/authorize-session.ts'
import { getSignInLimits } from '#shared/http/limits.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { findTotpStep, formatTotpUri, toBase32 } from '#shared/platform/totp.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import {
  type CodeOutcome,
  createRecoveryCodes,
  createTotpSecret,
  openTotpSecret,
  useCode,
  withFactor,
} from '#shared/workflows/access/second-factors.ts'
import { type BeginSessionDependencies, beginSession } from './begin-session.ts'

type CodeDependencies = Pick<Dependencies, 'people' | 'sealer' | 'randomBytes'> &
  AuditChangeDependencies & { digests: Pick<Dependencies['digests'], 'hashAddressBlock'> }

/** Completes a sign-in with a code. The session that waited ends, and a new one begins. */
export async function proveByCode(
  { body, principal, ip, spend, cookies = [] }: Request<typeof proveSecondFactor>,
  deps: CodeDependencies & BeginSessionDependencies,
): Promise<Reply<typeof proveSecondFactor>> {
  for (const limit of getSignInLimits({ ip }, deps)) await spend(limit)
  await requireCode(body.code, principal, deps)
  const app = getSignInApp(principal.holder)
  const waiting = await findCookieSession(app, cookies, deps)
  const { by = 'email', epoch, device } = waiting?.session ?? {}
  const session = await beginSession<'ended'>(
    { personId: principal.person.personId, holder: principal.holder },
    { by, hasCode: true, device: body.device ?? device, cookies },
    // A role, email or status that changed meanwhile has ended the sign-in, too.
    async (row) => (row.epoch === epoch ? { row } : { refused: 'ended' }),
    deps,
  )
  if ('refused' in session) throw new Refusal('SESSION_INVALID', 'Your sign-in has ended. Sign in again.')
  return { status: 201, cookies: [session.cookie], body: session.body }
}

/** Creates the secret of an authenticator app. It counts once a code of it was entered. */
export async function startSetup(
  { body, principal, ip, spend }: Request<typeof startSecondFactor>,
  deps: CodeDependencies & Pick<Dependencies, 'publicUrl'>,
): Promise<Reply<typeof startSecondFactor>> {
  for (const limit of getSignInLimits({ ip }, deps)) await spend(limit)
  const { person, holder } = principal
  if (holder.caller !== 'operator') throw new Refusal('ROLE_NOT_ALLOWED', 'Only staff can set up an authenticator app.')
  if (principal.secondFactor === 'on') await requireCode(body.code ?? '', principal, deps)
  const { secret, sealed } = createTotpSecret(person.personId, deps)
  await deps.people.change(person.personId, (row) => {
    const factor = row.secondFactor ?? { lastStep: 0, recoveryCodes: [], wrongCodes: 0 }
    return { row: withFactor(row, { ...factor, sealedNextSecret: sealed }), also: [] }
  })
  const host = deps.publicUrl === undefined ? '' : ` (${new URL(deps.publicUrl).hostname})`
  const uri = formatTotpUri({ secret, account: person.email, issuer: `Prospectus${host}` })
  return { status: 201, body: { secret: toBase32(secret), uri } }
}

/** Turns the authenticator app on. Sessions that began without it end, except this one. */
export async function confirmSetup(
  { body, principal, ip, spend }: Request<typeof confirmSecondFactor>,
  deps: CodeDependencies,
): Promise<Reply<typeof confirmSecondFactor>> {
  for (const limit of getSignInLimits({ ip }, deps)) await spend(limit)
  const { personId } = principal.person
  const { codes, hashes } = createRecoveryCodes(deps)
  const outcome = await deps.people.change<'wrong' | 'not-started'>(personId, (row) => {
    const next = row.secondFactor?.sealedNextSecret
    if (next === undefined) return { refused: 'not-started' }
    const step = findTotpStep(openTotpSecret(personId, next, deps), normalizeCode(body.code), deps.now())
    if (step === undefined) return { refused: 'wrong' }
    const person = { ...row.person, secondFactorSince: deps.now().toISOString() }
    const secondFactor = { sealedSecret: next, lastStep: step, recoveryCodes: hashes, wrongCodes: 0 }
    return { row: { ...row, person, secondFactor }, also: [auditFactor('second-factor.added', principal, deps)] }
  })
  if ('refused' in outcome) {
    if (outcome.refused === 'wrong') throw wrongCode()
    throw new Refusal('NOT_FOUND', 'No authenticator app is being set up. Start again.')
  }
  for (const { session } of await deps.people.listActiveSessions(personId, deps.now()))
    if (session.sessionId !== principal.keyId) await deps.people.endSession(personId, session.sessionId, [])
  return { status: 201, body: { recoveryCodes: codes } }
}

/** Takes the authenticator app from a person of staff who has lost it, with all their sessions. */
export async function resetByOther(
  { params: { personId }, principal }: Request<typeof resetSecondFactor>,
  deps: Pick<Dependencies, 'people'> & AuditChangeDependencies,
): Promise<Reply<typeof resetSecondFactor>> {
  if (principal.person?.personId === personId)
    throw new Refusal('OWN_SECOND_FACTOR', 'No one can reset their own authenticator app. Ask another owner.')
  const record = { kind: 'people', id: personId }
  const outcome = await deps.people.change<never>(personId, ({ secondFactor: _, ...row }) => {
    const { secondFactorSince, ...person } = row.person
    const audit = auditChange(
      {
        actor: toActor(principal),
        action: 'second-factor.reset',
        record,
        before: { secondFactorSince: secondFactorSince ?? null },
      },
      deps,
    )
    return { row: { ...row, person, epoch: row.epoch + 1, links: [] }, also: [audit] }
  })
  if ('refused' in outcome) throw new Refusal('NOT_FOUND', 'Person not found.')
  return { status: 204 }
}

/** Stores what became of a code, so that none counts twice. @throws Refusal if it is wrong, used or not accepted now */
async function requireCode(text: string, principal: PersonPrincipal, deps: CodeDependencies): Promise<void> {
  let outcome: CodeOutcome['kind'] = 'absent'
  await deps.people.change<'unchanged'>(principal.person.personId, (row) => {
    const { kind, row: next } = useCode(row, text, { ...deps, now: deps.now() })
    outcome = kind
    if (kind === 'absent' || kind === 'locked') return { refused: 'unchanged' }
    return { row: next, also: listOutcomeAudits(kind, principal, deps) }
  })
  const kind = toKind(outcome)
  if (kind === 'wrong') throw wrongCode()
  if (kind === 'absent') throw new Refusal('NOT_FOUND', 'No authenticator app is set up.')
  if (kind === 'locked' || kind === 'locked-now')
    throw new Refusal('CODES_LOCKED', `After ${maxWrongCodes} wrong codes, none is accepted for ${lockHours} hour.`)
}

/** The compiler does not see that the callback has assigned it. */
const toKind = (kind: CodeOutcome['kind']): CodeOutcome['kind'] => kind

function listOutcomeAudits(kind: CodeOutcome['kind'], principal: PersonPrincipal, deps: AuditChangeDependencies) {
  if (kind === 'recovered') return [auditFactor('second-factor.recovered', principal, deps)]
  return kind === 'locked-now' ? [auditFactor('second-factor.locked', principal, deps)] : []
}

function auditFactor(action: AuditAction, principal: PersonPrincipal, deps: AuditChangeDependencies) {
  const record = { kind: 'people', id: principal.person.personId }
  return auditChange({ actor: toActor(principal), action, record }, deps)
}

const wrongCode = () =>
  new Refusal('CODE_WRONG', 'The code is wrong, or was used. Enter the one that the app shows now.')

export const proveHandler = defineHandler(proveSecondFactor, proveByCode)
export const startHandler = defineHandler(startSecondFactor, startSetup)
export const confirmHandler = defineHandler(confirmSecondFactor, confirmSetup)
export const resetHandler = defineHandler(resetSecondFactor, resetByOther)
