import type { Tried } from '#shared/domain/attempt-outcome.ts'
import type { Endpoint } from '#shared/domain/campaign.ts'
import { rejectionIn } from '#shared/domain/response-rules.ts'
import { signatures } from '#shared/outbound/signature.ts'
import type { Held } from '#shared/store/deliveries.ts'
import type { Needs } from './deliver-lead.ts'

type Webhook = Extract<Endpoint, { kind: 'webhook' }>

/** Sends the stored body, signed anew: the same id and the same bytes at every attempt. */
export async function sendWebhook(delivery: Held, { url, responses }: Webhook, needs: Needs): Promise<Tried> {
  const { deliveryId, campaignId, body } = delivery
  const sealed = await needs.credentials.sealedSecrets(campaignId)
  const secrets = sealed.map((secret) => needs.sealer.open(campaignId, secret))
  const signed = signatures({ id: deliveryId, timestamp: needs.now(), body, secrets })
  const answer = await needs.post({ url, headers: { 'content-type': 'application/json', ...signed }, body })
  if (answer.stage !== 'answered') return { kind: 'webhook', stage: answer.stage, reason: answer.reason }
  const { status, headers, excerpt } = answer
  const isSuccess = status >= 200 && status < 300
  const rejection = isSuccess && responses ? rejectionIn(answer.body, responses) : undefined
  return {
    kind: 'webhook',
    stage: 'answered',
    status,
    means: rejection ? 'rejected' : isSuccess ? 'accepted' : 'unclear',
    ...(excerpt && { answer: excerpt }),
    ...rejection,
    ...(headers['retry-after'] !== undefined && { retryAfter: headers['retry-after'] }),
    // An extension of Standard Webhooks: the school never wants this message.
    ...(headers['webhook-delivery'] === 'abort-message' && { stopped: true }),
  }
}
