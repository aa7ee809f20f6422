import * as z from 'zod'
import { webhookSecret } from '../../domain/routing/campaign.ts'
import { instant, recordId } from '../../domain/vocabulary.ts'
import { defineRoute } from '../route.ts'

const rotation = {
  overlapSeconds: z
    .int()
    .min(0)
    .max(7 * 86_400)
    .default(86_400)
    .meta({
      description: 'For how long the secret that was live until now signs as well: a day unless said, a week at most.',
    }),
  secret: webhookSecret.optional().meta({ description: 'Absent: one of 32 random bytes is made.' }),
}
const responses = {
  201: {
    description: 'From now on each webhook is signed with the new secret too.',
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
  summary: 'A new webhook secret for one of your campaigns, without missing a lead',
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
  summary: 'A new webhook secret for a campaign, without missing a lead',
  params: z.object({ id: recordId }),
  body: z.strictObject(rotation).meta({ id: 'CampaignSecretRotationRequest' }),
  responses,
  problems: ['NOT_FOUND', 'TOO_MANY_SECRETS'],
  example: { params: { id: 'tall-grass-texas' }, body: { overlapSeconds: 3600 } },
})
