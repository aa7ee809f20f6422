import { leadReceipt, type submitLead as route } from '../../contract/capture/capture.ts'
import { Refusal } from '../../contract/problems.ts'
import type { Reply } from '../../contract/route.ts'
import { traceLogFields } from '../../domain/capture/traceparent.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { IdempotencyRecord, StoredResponse } from '../../store/capture/lead-record.ts'
import { conflictRefusal } from '../../store/retry-on-conflict.ts'
import { enqueueDeliveries } from '../delivery/enqueue-deliveries.ts'
import { assessSpam, reassessUsedToken, type SpamAssessment } from './assess-spam.ts'
import type { SubmissionRequest } from './find-source.ts'
import { parseSubmission, type Submission } from './parse-submission.ts'
import { routeLead, type SavedLead } from './route-lead.ts'

export type AcceptLeadDependencies = Pick<
  Dependencies,
  | 'records'
  | 'routing'
  | 'leads'
  | 'suppressions'
  | 'earlyQueue'
  | 'digests'
  | 'tokens'
  | 'now'
  | 'newId'
  | 'randomBytes'
  | 'sealer'
  | 'proofSealer'
  | 'askTurnstile'
  | 'log'
  | 'measure'
  | 'publicUrl'
  | 'certificateVendors'
>

/** Accepts a lead exactly once, however often its sender repeats it, and queues one delivery per chosen school. */
export async function acceptLead(
  request: SubmissionRequest,
  idempotency: IdempotencyRecord,
  deps: AcceptLeadDependencies,
): Promise<Reply<typeof route>> {
  const earlierResponse = await deps.leads.findResponse(idempotency)
  if (earlierResponse) return repeatResponse(earlierResponse, idempotency)

  const submission = await parseSubmission(request, deps) // source, certificate, consent, contact
  let assessment = await assessSpam(submission, idempotency, deps) // signals -> route or quarantine
  const save = () => routeLead(submission, assessment, idempotency, deps) // decide, reserve caps, save: one transaction
  let saved = await save()
  if (saved.kind === 'form-token-used') {
    assessment = reassessUsedToken(submission, assessment)
    saved = await save()
  }
  if (saved.kind === 'already-saved') return repeatResponse(await deps.leads.findResponse(idempotency), idempotency)
  if (saved.kind !== 'saved') throw conflictRefusal('Send the same request again, with the same Idempotency-Key.')

  await enqueueDeliveries(saved.pointers, deps) // best effort; the sweeper is the guarantee
  recordSave(submission, assessment, saved, deps)
  return { status: 201, body: saved.receipt }
}

function repeatResponse(response: StoredResponse | undefined, { bodyDigest }: IdempotencyRecord): Reply<typeof route> {
  if (!response) throw new Error('The response was removed while the same request was repeated.')
  if (response.bodyDigest !== bodyDigest)
    throw new Refusal('IDEMPOTENCY_KEY_REUSED', 'Use a new Idempotency-Key for a different request.')
  const body = leadReceipt.parse(JSON.parse(response.body))
  return { status: 201, headers: { 'idempotency-replayed': 'true' }, body }
}

function recordSave(
  { source, draft }: Submission,
  { action, abuse }: SpamAssessment,
  { receipt: { leadId }, outcome, schools }: Extract<SavedLead, { kind: 'saved' }>,
  { log, measure }: Pick<Dependencies, 'log' | 'measure'>,
): void {
  const traceFields = traceLogFields(draft.traceparent)
  if (abuse && abuse.reasons.length > 0) log('lead.assessed', { leadId, ...abuse, action, ...traceFields })
  log('lead.saved', { leadId, outcome, schools, sourceId: source.id, ...traceFields })
  measure('LeadsSaved', 1)
  measure('LeadsMatched', outcome === 'accepted' ? 1 : 0)
}
