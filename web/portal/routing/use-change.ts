import { changeSchoolCampaign } from '#shared/contract/routing/school-campaigns.ts'
import { type Call, outcomeOf, useApi } from '../../app/api.tsx'
import type { SchoolCampaign } from '../own-school.tsx'

type Change = NonNullable<Parameters<typeof changing>[2]>

/** Changes a campaign as it was shown: what somebody else changed meanwhile is not overwritten, but shown. */
export function useChange(campaign: SchoolCampaign, again: () => void) {
  const { call } = useApi()
  return async (change: Change) => {
    const told = await outcomeOf(() => changing(call, campaign, change))
    if (!('status' in told) || told.problem?.code !== 'VERSION_CONFLICT') return told
    again()
    return { problem: meanwhile }
  }
}

const meanwhile = {
  title: 'Nothing was changed, because somebody else has changed this campaign meanwhile',
  detail: 'What stands now is shown. Look at it, and change it again if you still want to.',
}

function changing(call: Call, { id, version }: SchoolCampaign, body: Partial<Pick<SchoolCampaign, 'status' | 'caps'>>) {
  return call(changeSchoolCampaign, { params: { id }, headers: { 'if-match': `"${version}"` }, body })
}
