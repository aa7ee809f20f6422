import { Refusal } from '../../contract/problems.ts'
import { createWebhookSecret } from '../../outbound/webhook/signature.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import { conflictRefusal } from '../../store/retry-on-conflict.ts'

type RotateCampaignSecretDependencies = Pick<Dependencies, 'webhookSecrets' | 'sealer' | 'randomBytes' | 'now'>
type SecretRotationInput = { overlapSeconds: number; secret?: string | undefined }

/** Adds a webhook secret, given or random, and returns it; it can never be read again. @throws Refusal */
export async function rotateCampaignSecret(
  campaignId: string,
  { overlapSeconds, secret: newSecret }: SecretRotationInput,
  { webhookSecrets, sealer, randomBytes, now }: RotateCampaignSecretDependencies,
) {
  const secret = newSecret ?? createWebhookSecret(randomBytes)
  const sealed = sealer.seal(campaignId, secret)
  const rotation = await webhookSecrets.rotate(campaignId, { sealed, at: now().toISOString(), overlapSeconds })
  if (rotation === 'conflict')
    throw conflictRefusal('The secret is being rotated by another request. Send the same request again.')
  if ('limitReachedUntil' in rotation)
    throw new Refusal(
      'TOO_MANY_SECRETS',
      `Wait until ${rotation.limitReachedUntil}, when the first one expires, or use a shorter overlap.`,
    )
  return { campaignId, secret, previousEndsAt: rotation.previousEndsAt }
}
