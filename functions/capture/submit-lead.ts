import { leadReceipt, submitLead as route } from '#shared/contract/capture/capture.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { newTraceparent, parseTraceparent, traceLogFields } from '#shared/domain/capture/traceparent.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { StoredResponse } from '#shared/store/capture/leads.ts'
import { enqueueDeliveries } from '#shared/workflows/delivery/enqueue-deliveries.ts'
import { collectSignals } from './collect-signals.ts'
import { parseConsent } from './parse-consent.ts'
import { parseContact } from './parse-contact.ts'
import { requireCertificate } from './require-certificate.ts'
import { resolveSource } from './resolve-source.ts'
import { saveSubmission } from './save-submission.ts'

type SubmitLeadDependencies = Pick<
  Dependencies,
  | 'catalog'
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
  | 'askTurnstile'
  | 'log'
  | 'measure'
>

/** Takes a visitor's enquiry exactly once, however often the browser repeats it, and hands it to the schools that may have it. */
export async function submitLead(
  request: Request<typeof route>,
  deps: SubmitLeadDependencies,
): Promise<Reply<typeof route>> {
  const { body, headers, principal } = request
  const idempotencyKey = headers['idempotency-key']
  if (!idempotencyKey)
    throw new Refusal('IDEMPOTENCY_KEY_REQUIRED', 'Send a new Idempotency-Key for each form, the same for each retry.')
  const idempotency = {
    sourceId: principal.sourceId,
    keyDigest: deps.digests.hashIdempotencyKey(idempotencyKey),
    bodyDigest: deps.digests.hashBody(body),
  }
  const earlierResponse = await deps.leads.findResponse(idempotency)
  if (earlierResponse) return repeatResponse(earlierResponse, idempotency)

  const source = await resolveSource(principal, request, deps)
  requireCertificate(source, body)
  const consentInput = await parseConsent(request, deps)
  const contact = parseContact(body.contact)
  const form = `${idempotency.sourceId} ${idempotency.keyDigest}`
  const signals = source.abuse === 'off' ? undefined : await collectSignals(request, { source, contact, form }, deps)
  const traceparent = parseTraceparent(headers.traceparent) ?? newTraceparent(deps.randomBytes)
  const result = await saveSubmission(
    { submission: { body, source, contact, consentInput, traceparent }, signals, idempotency },
    deps,
  )
  if (result === 'standing') {
    const concurrentResponse = await deps.leads.findResponse(idempotency)
    if (!concurrentResponse) throw new Error('An answer stood in the way and is gone.')
    return repeatResponse(concurrentResponse, idempotency)
  }

  const { receipt, plannedDeliveries } = result
  const pointers = plannedDeliveries.flatMap(({ delivery }) => (delivery.state === 'pending' ? [delivery] : []))
  await enqueueDeliveries(pointers, deps)
  const { leadId, outcome } = receipt
  deps.log('lead.kept', {
    leadId,
    outcome,
    schools: pointers.length,
    sourceId: source.id,
    ...traceLogFields(traceparent),
  })
  deps.measure('LeadsKept', 1)
  deps.measure('LeadsMatched', outcome === 'accepted' ? 1 : 0)
  return { status: 201, body: receipt }
}

function repeatResponse(response: StoredResponse, { bodyDigest }: { bodyDigest: string }): Reply<typeof route> {
  if (response.bodyDigest !== bodyDigest)
    throw new Refusal('IDEMPOTENCY_KEY_REUSED', 'Use a new Idempotency-Key for another enquiry.')
  const body = leadReceipt.parse(JSON.parse(response.body))
  return { status: 201, headers: { 'idempotency-replayed': 'true' }, body }
}

export const handler = defineHandler(route, submitLead)
