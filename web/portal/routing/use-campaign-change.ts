import { changeSchoolCampaign } from '#shared/contract/routing/school-campaigns.ts'
import { type BrowserClient, captureProblem, useApi } from '../../app/browser-client.tsx'
import type { SchoolCampaign } from '../own-school.tsx'

type Change = NonNullable<Parameters<typeof sendChange>[2]>

/** Changes a campaign as it was shown: what somebody else changed meanwhile is not overwritten, but shown. */
export function useCampaignChange(campaign: SchoolCampaign, reload: () => void) {
  const { call } = useApi()
  return async (change: Change) => {
    const outcome = await captureProblem(() => sendChange(call, campaign, change))
    if (!('status' in outcome) || outcome.problem?.code !== 'VERSION_CONFLICT') return outcome
    reload()
    return { problem: conflictProblem }
  }
}

const conflictProblem = {
  title: 'Nothing was changed, because somebody else has changed this campaign meanwhile',
  detail: 'What stands now is shown. Look at it, and change it again if you still want to.',
}

function sendChange(
  call: BrowserClient,
  { id, version }: SchoolCampaign,
  body: Partial<Pick<SchoolCampaign, 'status' | 'caps'>>,
) {
  return call(changeSchoolCampaign, { params: { id }, headers: { 'if-match': `"${version}"` }, body })
}
