import { leadReceipt, submitLead as route } from '#shared/contract/capture/capture.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { newTraceparent, readTraceparent, tracedBy } from '#shared/domain/capture/traceparent.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Answer } from '#shared/store/capture/leads.ts'
import { hurry } from '#shared/workflows/delivery/hurry.ts'
import { acceptContact } from './accept-contact.ts'
import { keepLead } from './keep-lead.ts'
import { readAgreement } from './read-agreement.ts'
import { requireCertificate } from './require-certificate.ts'
import { sourceOf } from './source-of.ts'
import { traceLead } from './trace-lead.ts'

type Needs = Pick<
  Dependencies,
  | 'catalog'
  | 'records'
  | 'routing'
  | 'leads'
  | 'suppressions'
  | 'fastPath'
  | 'digests'
  | 'tokens'
  | 'now'
  | 'newId'
  | 'randomBytes'
  | 'sealer'
  | 'askTurnstile'
  | 'log'
  | 'measure'
>

/** Takes a visitor's enquiry exactly once, however often the browser repeats it, and hands it to the schools that may have it. */
export async function submitLead(request: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { body, headers, principal } = request
  const key = headers['idempotency-key']
  if (!key)
    throw new Refusal('IDEMPOTENCY_KEY_REQUIRED', 'Send a new Idempotency-Key for each form, the same for each retry.')
  const answer = {
    sourceId: principal.sourceId,
    keyDigest: needs.digests.ofIdempotencyKey(key),
    bodyDigest: needs.digests.ofBody(body),
  }
  const answered = await needs.leads.answerTo(answer)
  if (answered) return replay(answered, answer)

  const source = await sourceOf(principal, request, needs)
  requireCertificate(source, body)
  const agreement = await readAgreement(request, needs)
  const contact = acceptContact(body.contact)
  const form = `${answer.sourceId} ${answer.keyDigest}`
  const trace = source.abuse === 'off' ? undefined : await traceLead(request, { source, contact, form }, needs)
  const traceparent = readTraceparent(headers.traceparent) ?? newTraceparent(needs.randomBytes)
  const kept = await keepLead({ enquired: { body, source, contact, agreement, traceparent }, trace, answer }, needs)
  if (kept === 'standing') {
    const meanwhile = await needs.leads.answerTo(answer)
    if (!meanwhile) throw new Error('An answer stood in the way and is gone.')
    return replay(meanwhile, answer)
  }

  const { receipt, taken } = kept
  const pointers = taken.flatMap(({ delivery }) => (delivery.state === 'pending' ? [delivery] : []))
  await hurry(pointers, needs)
  const { leadId, outcome } = receipt
  needs.log('lead.kept', { leadId, outcome, schools: pointers.length, sourceId: source.id, ...tracedBy(traceparent) })
  needs.measure('LeadsKept', 1)
  needs.measure('LeadsMatched', outcome === 'accepted' ? 1 : 0)
  return { status: 201, body: receipt }
}

function replay(answered: Answer, { bodyDigest }: { bodyDigest: string }): Reply<typeof route> {
  if (answered.bodyDigest !== bodyDigest)
    throw new Refusal('IDEMPOTENCY_KEY_REUSED', 'Use a new Idempotency-Key for another enquiry.')
  const body = leadReceipt.parse(JSON.parse(answered.body))
  return { status: 201, headers: { 'idempotency-replayed': 'true' }, body }
}

export const handler = serve(route, submitLead)
