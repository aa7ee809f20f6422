import { Refusal } from '../../contract/problems.ts'
import type { Actor } from '../../domain/access/actor.ts'
import { createWebhookSecret } from '../../outbound/webhook/signature.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import { conflictRefusal } from '../../store/retry-on-conflict.ts'
import { type AuditChangeDependencies, auditChange } from '../access/audit-change.ts'

type RotateCampaignSecretDependencies = Pick<Dependencies, 'webhookSecrets' | 'sealer' | 'randomBytes'> &
  AuditChangeDependencies
type SecretRotationInput = { overlapSeconds: number; secret?: string | undefined; actor: Actor }

/** Adds a webhook secret, given or random, and returns it; it can never be read again. @throws Refusal */
export async function rotateCampaignSecret(
  campaignId: string,
  { overlapSeconds, secret: newSecret, actor }: SecretRotationInput,
  deps: RotateCampaignSecretDependencies,
) {
  const secret = newSecret ?? createWebhookSecret(deps.randomBytes)
  const sealed = deps.sealer.seal(campaignId, secret)
  const record = { kind: 'campaigns', id: campaignId }
  const change = { actor, action: 'secret.rotated', record, after: { secret, overlapSeconds } } as const
  const rotation = await deps.webhookSecrets.rotate(campaignId, {
    sealed,
    at: deps.now().toISOString(),
    overlapSeconds,
    also: [auditChange(change, deps)],
  })
  if (rotation === 'conflict')
    throw conflictRefusal('The secret is being rotated by another request. Send the same request again.')
  if ('limitReachedUntil' in rotation)
    throw new Refusal(
      'TOO_MANY_SECRETS',
      `Wait until ${rotation.limitReachedUntil}, when the first one expires, or use a shorter overlap.`,
    )
  return { campaignId, secret, previousEndsAt: rotation.previousEndsAt }
}
