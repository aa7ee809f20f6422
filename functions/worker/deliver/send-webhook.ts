import type { Tried } from '#shared/domain/attempt-outcome.ts'
import { signatures } from '#shared/outbound/signature.ts'
import type { Needs, Sendable } from './deliver-lead.ts'

/** Sends the stored body, signed anew: the same id and the same bytes at every attempt. */
export async function sendWebhook(delivery: Sendable, { url }: { url: string }, needs: Needs): Promise<Tried> {
  const { deliveryId, campaignId, body } = delivery
  const sealed = await needs.credentials.sealedSecrets(campaignId)
  const secrets = sealed.map((secret) => needs.sealer.open(campaignId, secret))
  const signed = signatures({ id: deliveryId, timestamp: needs.now(), body, secrets })
  const answer = await needs.post({ url, headers: { 'content-type': 'application/json', ...signed }, body })
  if (answer.stage !== 'answered') return { kind: 'webhook', stage: answer.stage, reason: answer.reason }
  return {
    kind: 'webhook',
    stage: 'answered',
    status: answer.status,
    ...(answer.excerpt && { answer: answer.excerpt }),
  }
}
