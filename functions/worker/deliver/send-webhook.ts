import { newParentId, traceparentFrom } from '#shared/domain/capture/traceparent.ts'
import type { Tried } from '#shared/domain/delivery/attempt-outcome.ts'
import { rulesOf } from '#shared/domain/delivery/presets.ts'
import type { Endpoint } from '#shared/domain/routing/campaign.ts'
import { readResponse } from '#shared/outbound/webhook/read-response.ts'
import { redactor, valuesOf } from '#shared/outbound/webhook/redact.ts'
import { signatures } from '#shared/outbound/webhook/signature.ts'
import { sha256 } from '#shared/platform/digests.ts'
import type { Held } from '#shared/store/delivery/delivery-row.ts'
import type { Needs } from './deliver-lead.ts'
import type { Prepared } from './prepare-request.ts'

type Webhook = Extract<Endpoint, { kind: 'webhook' }>

/** Sends what was prepared, signed anew: the same id and the same bytes at every attempt, which is a step of its own in the lead's trace. */
export async function sendWebhook(
  { deliveryId, campaignId, traceparent }: Held,
  { url, ...endpoint }: Webhook,
  { event, request, fault = 'There is nothing to send.' }: Prepared,
  needs: Needs,
): Promise<Tried> {
  if (!request) return { kind: 'webhook', stage: 'refused', reason: fault, ours: true }
  const timestamp = needs.now()
  const sealed = await needs.webhookSecrets.live(campaignId, timestamp.toISOString())
  const secrets = sealed.map((secret) => needs.sealer.open(campaignId, secret))
  const { method, headers, body } = request
  const signed = signatures({ id: deliveryId, timestamp, body, secrets })
  const parentId = newParentId(needs.randomBytes)
  const traced = traceparent && { traceparent: traceparentFrom(traceparent, parentId) }
  const answer = await needs.post({ url, method, headers: { ...headers, ...traced, ...signed }, body })
  const made = { kind: 'webhook', request: told(url, request), ...(traced && { parentId }) } as const
  if (answer.stage !== 'answered') return { ...made, stage: answer.stage, reason: answer.reason }
  const { status, excerpt } = answer
  const contentType = answer.headers['content-type']
  const response = { status, body: answer.body, ...(contentType && { contentType }) }
  // What is kept of an answer repeats nothing of the lead, and none of our secrets.
  const { 'content-type': _, ...own } = headers
  const ours = [...secrets, ...signed['webhook-signature'].split(' '), ...Object.values(own)]
  const retryAfter = answer.headers['retry-after']
  const { reason, reference, ...reading } = readResponse(response, rulesOf(endpoint))
  const shown = redactor([...valuesOf(event), ...ours])
  return {
    ...made,
    stage: 'answered',
    status,
    ...reading,
    ...(reason !== undefined && { reason: shown(reason) }),
    ...(reference !== undefined && { reference: shown(reference) }),
    ...(excerpt && { answer: shown(excerpt) }),
    ...(retryAfter !== undefined && { retryAfter }),
    // The school never wants this message.
    ...(answer.headers['webhook-delivery'] === 'abort-message' && { stopped: true }),
  }
}

function told(url: string, { method, body }: NonNullable<Prepared['request']>) {
  const { origin, pathname } = new URL(url)
  return { method, url: `${origin}${pathname}`, bytes: Buffer.byteLength(body), sha256: sha256(body) }
}
