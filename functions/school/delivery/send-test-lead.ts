import { sendTestLead as route } from '#shared/contract/delivery/test-leads.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { maxTestLeadsPerMinute, sendTestLead as send } from '#shared/workflows/delivery/send-test-lead.ts'
import { requireOwnCampaign } from '../routing/to-school-campaign.ts'

/** Sends a test lead to a campaign of the school. */
export async function sendTestLead(
  { body, principal, spend }: Request<typeof route>,
  deps: Parameters<typeof send>[2],
): Promise<Reply<typeof route>> {
  const campaignRecord = await requireOwnCampaign(body.campaignId, principal, deps)
  await spend({ policy: 'testLeads', owner: principal.schoolId, limit: maxTestLeadsPerMinute })
  return { status: 202, body: await send(campaignRecord, toActor(principal), deps) }
}

export const handler = defineHandler(route, sendTestLead)
