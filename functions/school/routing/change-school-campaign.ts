import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { changeSchoolCampaign as route } from '#shared/contract/routing/school-campaigns.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { campaign, type Pause } from '#shared/domain/routing/campaign.ts'
import { editAsSchool } from '#shared/domain/routing/edits/edit-campaign.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { conflictRefusal, retryOnConflict } from '#shared/store/retry-on-conflict.ts'
import { type WriteRecordDependencies, writeRecord } from '#shared/workflows/catalog/write-record.ts'
import { requireOwnCampaign, toSchoolCampaign } from './to-school-campaign.ts'

type ChangeSchoolCampaignDependencies = WriteRecordDependencies & Pick<Dependencies, 'routing'>

const maxAttempts = 10

/**
 * Changes the calling school's own pause or own caps of a campaign. Concurrent changes of staff are kept.
 * @throws Refusal STAFF_PAUSED if the school resumes a campaign that only staff have paused
 */
export async function changeSchoolCampaign(
  { params, headers, body, principal }: Request<typeof route>,
  deps: ChangeSchoolCampaignDependencies,
): Promise<Reply<typeof route>> {
  const ifMatch = headers['if-match'] === '*' ? undefined : headers['if-match']
  const reply = await retryOnConflict(maxAttempts, async (): Promise<Reply<typeof route> | 'conflict'> => {
    const storedCampaign = await requireOwnCampaign(params.id, principal, deps)
    const edit = editAsSchool(body, campaign.parse(storedCampaign.body), deps.now().toISOString())
    if (edit.kind === 'staff-paused') throw new Refusal('STAFF_PAUSED', describeStaffPause(edit.pause))
    const write = {
      id: params.id,
      body: edit.campaign,
      ifMatch: ifMatch ?? `"${storedCampaign.version}"`,
      actor: toActor(principal),
      action: 'campaign.changed-by-school',
    } as const
    try {
      const { headers: responseHeaders, version } = await writeRecord('campaigns', write, deps)
      const stored = { ...version, generation: storedCampaign.generation, body: edit.campaign }
      const response = await toSchoolCampaign(stored, deps)
      const notice = body.status === 'active' && response.status === 'paused' ? { notice: stillPausedNotice } : {}
      return { status: 200, headers: responseHeaders, body: { ...response, ...notice } }
    } catch (error) {
      // A version that the school named itself is not retried: the school must read the campaign again.
      if (ifMatch === undefined && error instanceof Refusal && error.code === 'VERSION_CONFLICT') return 'conflict'
      throw error
    }
  })
  if (reply === 'conflict') throw conflictRefusal()
  return reply
}

const stillPausedNotice = 'Your own pause is lifted. Staff have paused this campaign too, and only staff can resume it.'

function describeStaffPause(pause: Pause | undefined): string {
  const since = pause ? ` on ${pause.at.slice(0, 10)}` : ''
  return `Staff paused this campaign${since}. Only staff can resume it: contact your lead provider.`
}

export const handler = defineHandler(route, changeSchoolCampaign)
