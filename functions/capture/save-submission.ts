import { Refusal } from '#shared/contract/problems.ts'
import type { SubmissionSignals } from '#shared/domain/capture/spam-rules.ts'
import { traceLogFields } from '#shared/domain/capture/traceparent.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { StoredResponse } from '#shared/store/capture/leads.ts'
import { assessSpam } from './assess-spam.ts'
import { buildNewLead, type ParsedSubmission } from './build-new-lead.ts'
import { quarantineLead } from './quarantine-lead.ts'
import { routeLead } from './route-lead.ts'

type SaveSubmissionDependencies = Pick<
  Dependencies,
  'routing' | 'leads' | 'suppressions' | 'digests' | 'now' | 'newId' | 'log'
>
/** The trace is absent where the source wants nobody judged. */
export type AssessedSubmission = {
  submission: ParsedSubmission
  signals: SubmissionSignals | undefined
  idempotency: Omit<StoredResponse, 'body'>
}

/** Keeps a new lead whoever may have it: with its deliveries, as unmatched until it is offered again, or for staff to look at first. */
export async function saveSubmission(input: AssessedSubmission, deps: SaveSubmissionDependencies) {
  const { submission, signals } = input
  const assessment = assessSpam(submission.source, signals)
  const draft = buildNewLead(submission, deps.newId('lead'), deps.now().toISOString(), assessment.abuse)
  const save = assessment.action === 'quarantine' ? quarantineLead : routeLead
  const result = await save({ ...input, draft, tokenMarkers: assessment.tokenMarkers }, deps)
  if (result === 'token-used' && signals) return saveSubmission({ ...input, signals: markTokenUsed(signals) }, deps)
  if (result === 'standing') return result
  if (typeof result === 'string')
    throw new Refusal('BUSY', 'Send the same request again, with the same Idempotency-Key.', {
      headers: { 'retry-after': '1' },
    })

  const { verdict, score, reasons } = assessment.abuse ?? noVerdict
  const { leadId } = result.receipt
  const traceFields = traceLogFields(submission.traceparent)
  if (reasons.length > 0)
    deps.log('lead.judged', { leadId, verdict, score, reasons, way: assessment.action, ...traceFields })
  return result
}

/** Somebody else came with the token first: it guards nothing any more, and tells against this one. */
function markTokenUsed({ formToken: token, ...signals }: SubmissionSignals): SubmissionSignals {
  return { ...signals, formToken: token.status === 'live' ? { ...token, status: 'used' } : token }
}

const noVerdict = { verdict: 'clean', score: 0, reasons: [] } as const
