import { sendCampaignTestLead as route } from '#shared/contract/delivery/test-leads.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { maxTestLeadsPerMinute, sendTestLead } from '#shared/workflows/delivery/send-test-lead.ts'

/** Sends a test lead to a campaign on behalf of its school, also while it is paused. */
export async function sendCampaignTestLead(
  { params, principal, spend }: Request<typeof route>,
  deps: Parameters<typeof sendTestLead>[2],
): Promise<Reply<typeof route>> {
  const campaignRecord = await deps.records.get('campaigns', params.id)
  if (!campaignRecord) throw new Refusal('NOT_FOUND', 'Campaign not found.')
  await spend({
    policy: 'testLeads',
    owner: campaign.parse(campaignRecord.body).schoolId,
    limit: maxTestLeadsPerMinute,
  })
  return { status: 202, body: await sendTestLead(campaignRecord, toActor(principal), deps) }
}

export const handler = defineHandler(route, sendCampaignTestLead)
