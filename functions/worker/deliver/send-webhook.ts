import type { Tried } from '#shared/domain/attempt-outcome.ts'
import type { Endpoint } from '#shared/domain/campaign.ts'
import { rulesOf } from '#shared/domain/presets.ts'
import { readResponse } from '#shared/outbound/read-response.ts'
import { signatures } from '#shared/outbound/signature.ts'
import type { Held } from '#shared/store/deliveries.ts'
import type { Needs } from './deliver-lead.ts'
import type { Prepared } from './prepare-request.ts'

type Webhook = Extract<Endpoint, { kind: 'webhook' }>

/** Sends what was prepared, signed anew: the same id and the same bytes at every attempt. */
export async function sendWebhook(
  { deliveryId, campaignId }: Held,
  { url, ...endpoint }: Webhook,
  { request, fault = 'There is nothing to send.' }: Prepared,
  needs: Needs,
): Promise<Tried> {
  if (!request) return { kind: 'webhook', stage: 'refused', reason: fault, ours: true }
  const sealed = await needs.credentials.sealedSecrets(campaignId)
  const secrets = sealed.map((secret) => needs.sealer.open(campaignId, secret))
  const { method, headers, body } = request
  const signed = signatures({ id: deliveryId, timestamp: needs.now(), body, secrets })
  const answer = await needs.post({ url, method, headers: { ...headers, ...signed }, body })
  if (answer.stage !== 'answered') return { kind: 'webhook', stage: answer.stage, reason: answer.reason }
  const { status, excerpt } = answer
  const contentType = answer.headers['content-type']
  const response = { status, body: answer.body, ...(contentType && { contentType }) }
  const retryAfter = answer.headers['retry-after']
  return {
    kind: 'webhook',
    stage: 'answered',
    status,
    ...readResponse(response, rulesOf(endpoint)),
    ...(excerpt && { answer: excerpt }),
    ...(retryAfter !== undefined && { retryAfter }),
    // The school never wants this message.
    ...(answer.headers['webhook-delivery'] === 'abort-message' && { stopped: true }),
  }
}
