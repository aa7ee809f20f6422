import { buildCaliforniaCampaigns } from './campaigns/california.ts'
import { buildFloridaCampaigns } from './campaigns/florida.ts'
import { buildOhioCampaigns } from './campaigns/ohio.ts'
import { buildTexasCampaigns } from './campaigns/texas.ts'

/**
 * Priorities run from 200 to 300, so that a campaign that you add (100 by default) comes first. In each state, the first
 * three campaigns accept every lead at any hour: two by webhook and one by email.
 */
export function buildCampaigns({ webhookUrl }: { webhookUrl: string }) {
  return [
    ...buildTexasCampaigns(webhookUrl),
    ...buildCaliforniaCampaigns(webhookUrl),
    ...buildFloridaCampaigns(webhookUrl),
    ...buildOhioCampaigns(webhookUrl),
  ]
}
