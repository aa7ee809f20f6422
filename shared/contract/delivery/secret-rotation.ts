import * as z from 'zod'
import { webhookSecret } from '../../domain/fields/webhook-secret.ts'
import { instant, recordId } from '../../domain/vocabulary.ts'
import { defineRoute } from '../route.ts'

const rotation = {
  overlapSeconds: z
    .int()
    .min(0)
    .max(7 * 86_400)
    .default(86_400)
    .meta({
      description: 'For how long the previous secret keeps signing too. Default: one day. Maximum: one week.',
    }),
  secret: webhookSecret.optional().meta({ description: 'Absent: a secret of 32 random bytes is created.' }),
}
const responses = {
  201: {
    description: 'From now on every webhook is signed with the new secret.',
    body: z.object({
      campaignId: recordId,
      secret: z.string().meta({ description: 'Shown once.' }),
      previousEndsAt: instant,
    }),
  },
}

export const rotateSecret = defineRoute({
  name: 'rotateSecret',
  method: 'POST',
  path: '/v1/school/secret-rotations',
  caller: 'school',
  summary: 'Rotate the webhook secret of one of your campaigns',
  body: z.strictObject({ campaignId: recordId, ...rotation }).meta({ id: 'SecretRotationRequest' }),
  responses,
  problems: ['NOT_FOUND', 'TOO_MANY_SECRETS'],
  example: { body: { campaignId: 'tall-grass-texas', overlapSeconds: 3600 } },
})

export const rotateCampaignSecret = defineRoute({
  name: 'rotateCampaignSecret',
  method: 'POST',
  path: '/v1/ops/campaigns/{id}/secret-rotations',
  caller: 'operator',
  summary: 'Rotate the webhook secret of a campaign',
  params: z.object({ id: recordId }),
  body: z.strictObject(rotation).meta({ id: 'CampaignSecretRotationRequest' }),
  responses,
  problems: ['NOT_FOUND', 'TOO_MANY_SECRETS'],
  example: { params: { id: 'tall-grass-texas' }, body: { overlapSeconds: 3600 } },
})
