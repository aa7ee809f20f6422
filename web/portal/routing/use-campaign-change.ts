import { changeSchoolCampaign } from '#shared/contract/routing/school-campaigns.ts'
import { type BrowserClient, captureProblem, useApi } from '../../app/browser-client.tsx'
import type { SchoolCampaign } from '../own-school.tsx'
import { campaignText } from '../text/campaigns.ts'

type Change = NonNullable<Parameters<typeof sendChange>[2]>

/** Changes a campaign with an optimistic lock: on a conflict it reloads the campaign instead of overwriting it. */
export function useCampaignChange(campaign: SchoolCampaign, reload: () => void) {
  const { call } = useApi()
  return async (change: Change) => {
    const outcome = await captureProblem(() => sendChange(call, campaign, change))
    if (!('status' in outcome) || outcome.problem?.code !== 'VERSION_CONFLICT') return outcome
    reload()
    return { problem: { code: outcome.problem.code, message: campaignText.conflict } }
  }
}

function sendChange(
  call: BrowserClient,
  { id, version }: SchoolCampaign,
  body: Partial<Pick<SchoolCampaign, 'status' | 'caps'>>,
) {
  return call(changeSchoolCampaign, { params: { id }, headers: { 'if-match': `"${version}"` }, body })
}
