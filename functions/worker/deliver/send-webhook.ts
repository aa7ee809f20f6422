import type { Tried } from '#shared/domain/attempt-outcome.ts'
import type { Endpoint } from '#shared/domain/campaign.ts'
import { rulesOf } from '#shared/domain/presets.ts'
import { readResponse } from '#shared/outbound/read-response.ts'
import { signatures } from '#shared/outbound/signature.ts'
import type { Held } from '#shared/store/deliveries.ts'
import type { Needs } from './deliver-lead.ts'

type Webhook = Extract<Endpoint, { kind: 'webhook' }>

/** Sends the stored body, signed anew: the same id and the same bytes at every attempt. */
export async function sendWebhook(delivery: Held, { url, ...endpoint }: Webhook, needs: Needs): Promise<Tried> {
  const { deliveryId, campaignId, body } = delivery
  const sealed = await needs.credentials.sealedSecrets(campaignId)
  const secrets = sealed.map((secret) => needs.sealer.open(campaignId, secret))
  const signed = signatures({ id: deliveryId, timestamp: needs.now(), body, secrets })
  const answer = await needs.post({ url, headers: { 'content-type': 'application/json', ...signed }, body })
  if (answer.stage !== 'answered') return { kind: 'webhook', stage: answer.stage, reason: answer.reason }
  const { status, body: told, excerpt, headers } = answer
  const contentType = headers['content-type']
  const { means, reason } = readResponse({ status, body: told, ...(contentType && { contentType }) }, rulesOf(endpoint))
  const isUnclear = means === 'unclear' && status >= 200 && status < 300
  return {
    kind: 'webhook',
    stage: isUnclear ? 'receive' : 'answered',
    status,
    ...(excerpt && { answer: excerpt }),
    ...(means !== 'accepted' && reason && { reason }),
    ...((means === 'rejected' || means === 'duplicate') && { rejected: true }),
  }
}
