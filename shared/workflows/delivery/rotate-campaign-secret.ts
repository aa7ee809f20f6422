import { Refusal } from '../../contract/problems.ts'
import { createWebhookSecret } from '../../outbound/webhook/signature.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import { conflictRefusal } from '../../store/retry-on-conflict.ts'

type RotateCampaignSecretDependencies = Pick<Dependencies, 'webhookSecrets' | 'sealer' | 'randomBytes' | 'now'>
type SecretRotationInput = { overlapSeconds: number; secret?: string | undefined }

/** Makes or takes a new secret, keeps it sealed, and shows it this once. */
export async function rotateCampaignSecret(
  campaignId: string,
  { overlapSeconds, secret: newSecret }: SecretRotationInput,
  { webhookSecrets, sealer, randomBytes, now }: RotateCampaignSecretDependencies,
) {
  const secret = newSecret ?? createWebhookSecret(randomBytes)
  const sealed = sealer.seal(campaignId, secret)
  const rotation = await webhookSecrets.rotate(campaignId, { sealed, at: now().toISOString(), overlapSeconds })
  if (rotation === 'busy')
    throw conflictRefusal('The secret is being rotated by another request. Send the same request again.')
  if ('until' in rotation)
    throw new Refusal('TOO_MANY_SECRETS', `The first of them ends at ${rotation.until}; or ask for a shorter overlap.`)
  return { campaignId, secret, previousEndsAt: rotation.previousEndsAt }
}
