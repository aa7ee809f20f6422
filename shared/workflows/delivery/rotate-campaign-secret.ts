import { Refusal } from '../../contract/problems.ts'
import { newWebhookSecret } from '../../outbound/webhook/signature.ts'
import type { Dependencies } from '../../platform/dependencies.ts'

type Needs = Pick<Dependencies, 'webhookSecrets' | 'sealer' | 'randomBytes' | 'now'>
type Rotation = { overlapSeconds: number; secret?: string | undefined }

/** Makes or takes a new secret, keeps it sealed, and shows it this once. */
export async function rotateCampaignSecret(
  campaignId: string,
  { overlapSeconds, secret: given }: Rotation,
  { webhookSecrets, sealer, randomBytes, now }: Needs,
) {
  const secret = given ?? newWebhookSecret(randomBytes)
  const sealed = sealer.seal(campaignId, secret)
  const rotated = await webhookSecrets.rotate(campaignId, { sealed, at: now().toISOString(), overlapSeconds })
  if (rotated === 'busy') throw new Refusal('BUSY', 'The secret is being rotated by others. Try again.')
  if ('until' in rotated)
    throw new Refusal('TOO_MANY_SECRETS', `The first of them ends at ${rotated.until}; or ask for a shorter overlap.`)
  return { campaignId, secret, previousEndsAt: rotated.previousEndsAt }
}
