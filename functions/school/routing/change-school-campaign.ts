import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { changeSchoolCampaign as route } from '#shared/contract/routing/school-campaigns.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { conflictRefusal, retryOnConflict } from '#shared/store/retry-on-conflict.ts'
import { type WriteRecordDependencies, writeRecord } from '#shared/workflows/catalog/write-record.ts'
import { requireOwnCampaign, toSchoolCampaign } from './to-school-campaign.ts'

type ChangeSchoolCampaignDependencies = WriteRecordDependencies & Pick<Dependencies, 'routing'>

const maxAttempts = 10

/** Changes status or caps of a campaign of the calling school. Concurrent changes of staff to other fields are kept. */
export async function changeSchoolCampaign(
  { params, headers, body, principal }: Request<typeof route>,
  deps: ChangeSchoolCampaignDependencies,
): Promise<Reply<typeof route>> {
  const ifMatch = headers['if-match'] === '*' ? undefined : headers['if-match']
  const reply = await retryOnConflict(maxAttempts, async (): Promise<Reply<typeof route> | 'conflict'> => {
    const storedCampaign = await requireOwnCampaign(params.id, principal, deps)
    const { status, caps, ...terms } = campaign.parse(storedCampaign.body)
    const updatedCampaign = { ...terms, status: body.status ?? status, caps: body.caps ?? caps }
    const write = {
      id: params.id,
      body: updatedCampaign,
      ifMatch: ifMatch ?? `"${storedCampaign.version}"`,
      actor: toActor(principal),
      action: 'campaign.changed-by-school',
    } as const
    try {
      const { headers: responseHeaders, version } = await writeRecord('campaigns', write, deps)
      const response = await toSchoolCampaign({ ...version, body: updatedCampaign }, deps)
      return { status: 200, headers: responseHeaders, body: response }
    } catch (error) {
      // A version that the school named itself is not retried: the school must read the campaign again.
      if (ifMatch === undefined && error instanceof Refusal && error.code === 'VERSION_CONFLICT') return 'conflict'
      throw error
    }
  })
  if (reply === 'conflict') throw conflictRefusal()
  return reply
}

export const handler = defineHandler(route, changeSchoolCampaign)
