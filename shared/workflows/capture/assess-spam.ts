import { isDisposableEmail } from '../../domain/capture/disposable-email.ts'
import { isRoleMailbox } from '../../domain/capture/fake-contact.ts'
import { createTokenMarker, formToken } from '../../domain/capture/form-token.ts'
import { type Source, turnstileSecretContext } from '../../domain/capture/source.ts'
import {
  type AbuseVerdict,
  type FormTokenStatus,
  type SubmissionSignals,
  scoreSubmission,
  spamRules,
} from '../../domain/capture/spam-rules.ts'
import { toOwnerName } from '../../domain/catalog/generation.ts'
import { isKnownPhone } from '../../domain/fields/phone.ts'
import type { DedupeMarker } from '../../domain/routing/duplicates.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { IdempotencyRecord, SaveConflict } from '../../store/capture/lead-record.ts'
import { anonymousSourceId, type ResolvedSource } from './find-source.ts'
import type { Submission } from './parse-submission.ts'

type CollectSignalsDependencies = Pick<Dependencies, 'tokens' | 'now' | 'askTurnstile' | 'sealer'> & {
  routing: Pick<Dependencies['routing'], 'findHeldScopes'>
}
type AssessedSubmission = Pick<Submission, 'source' | 'form'> & { draft: Pick<Submission['draft'], 'contact'> }

export type SpamAssessment = {
  action: 'route' | 'quarantine'
  /** Absent if the source has turned the assessment off. */
  abuse?: AbuseVerdict
  signals?: SubmissionSignals
  /** Saved together with the lead, so that no second lead is saved with the same form token. */
  tokenMarkers: readonly DedupeMarker[]
}

/** Scores how likely a bot has sent the form, and says whether the source wants such a lead held for review. */
export async function assessSpam(
  submission: AssessedSubmission,
  idempotency: IdempotencyRecord,
  deps: CollectSignalsDependencies,
): Promise<SpamAssessment> {
  const { source } = submission
  if (source.abuse === 'off') return { action: 'route', tokenMarkers: [] }
  return assessSignals(await collectSignals(submission, idempotency, deps), source)
}

export function assessSignals(
  signals: SubmissionSignals,
  { abuse: policy }: Pick<Source, 'abuse'>,
  rules = spamRules,
): SpamAssessment {
  const abuse = scoreSubmission(signals, rules)
  return {
    action: abuse.verdict === 'suspicious' && policy === 'enforce' ? 'quarantine' : 'route',
    abuse,
    signals,
    tokenMarkers: signals.formToken.status === 'live' ? [createTokenMarker(signals.formToken.id)] : [],
  }
}

/** The marker of the form's token, whether or not another lead holds it already. */
export function listFormMarkers({ signals }: SpamAssessment): DedupeMarker[] {
  return signals && 'id' in signals.formToken ? [createTokenMarker(signals.formToken.id)] : []
}

/** Whether a save failed because another lead was saved with the same form token. */
export function isFormTokenUsed(conflict: SaveConflict, { tokenMarkers }: SpamAssessment): boolean {
  return typeof conflict === 'object' && tokenMarkers.some(({ scope }) => conflict.conflictingScopes.includes(scope))
}

/** The assessment of the same submission after another lead was saved with its form token. */
export function reassessUsedToken({ source }: Submission, assessment: SpamAssessment): SpamAssessment {
  const { signals } = assessment
  if (signals?.formToken.status !== 'live') return assessment
  return assessSignals({ ...signals, formToken: { ...signals.formToken, status: 'used' } }, source)
}

/** A publisher's server has no form of ours, so the rules about the form do not apply to it. */
export async function collectSignals(
  { source, draft: { contact }, form }: AssessedSubmission,
  { sourceId, keyDigest }: Pick<IdempotencyRecord, 'sourceId' | 'keyDigest'>,
  deps: CollectSignalsDependencies,
): Promise<SubmissionSignals> {
  const { isFromPage, ip, turnstileToken: token } = form
  const verifyTurnstile = () =>
    token
      ? deps.askTurnstile({ token, ip, form: `${sourceId} ${keyDigest}`, ...openTurnstileSecret(source, deps) })
      : ('bot' as const)
  return {
    contact,
    hasDisposableEmail: await isDisposableEmail(contact.email),
    hasRoleMailbox: isRoleMailbox(contact.email),
    isPhoneKnown: isKnownPhone(contact.phone),
    honeypot: form.website ?? '',
    formToken: await readFormToken(form.formToken, toOwnerName(source), deps),
    isTokenRequired: isFromPage && source.formToken === 'required',
    turnstile: isFromPage && source.turnstile ? await verifyTurnstile() : 'not-required',
  }
}

function openTurnstileSecret({ id, sealed }: ResolvedSource, { sealer }: Pick<Dependencies, 'sealer'>) {
  return sealed?.turnstile === undefined ? {} : { secret: sealer.open(turnstileSecretContext(id), sealed.turnstile) }
}

/** If two leads are sent at once with one token, the transaction that saves a lead decides which of them has used it. */
async function readFormToken(
  token: string | undefined,
  sourceId: string,
  { tokens, now, routing }: CollectSignalsDependencies,
): Promise<FormTokenStatus> {
  if (!token) return { status: 'missing' }
  const at = now()
  const result = tokens.open('form', token, at)
  if (typeof result === 'string') return { status: result }
  const payload = formToken.safeParse(result.content).data
  // A page may request its match without a key.
  if (!payload || (payload.sourceId !== sourceId && payload.sourceId !== anonymousSourceId)) return { status: 'forged' }
  const [usedScope] = await routing.findHeldScopes([createTokenMarker(payload.id)], at.toISOString())
  return {
    status: usedScope === undefined ? 'live' : 'used',
    id: payload.id,
    seconds: (at.getTime() - Date.parse(payload.at)) / 1000,
    state: payload.state,
  }
}
