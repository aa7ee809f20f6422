import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { changeSchoolCampaign as route } from '#shared/contract/routing/school-campaigns.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { conflictRefusal } from '#shared/store/retry-on-conflict.ts'
import { writeRecord } from '#shared/workflows/catalog/write-record.ts'
import { requireOwnCampaign, toSchoolCampaign } from './to-school-campaign.ts'

type ChangeSchoolCampaignDependencies = Pick<Dependencies, 'records' | 'composed' | 'routing' | 'now'>

// Of so many who change the same campaign at once, each is heard.
const maxTurns = 10

/** A school pauses, resumes and caps what it buys. What staff changed meanwhile stays as they left it. */
export async function changeSchoolCampaign(
  request: Request<typeof route>,
  deps: ChangeSchoolCampaignDependencies,
): Promise<Reply<typeof route>> {
  const { params, headers, body, principal } = request
  for (let attempt = 0; attempt < maxTurns; attempt++) {
    const storedCampaign = await requireOwnCampaign(params.id, principal, deps)
    const { status, caps, ...terms } = campaign.parse(storedCampaign.body)
    const updatedCampaign = { ...terms, status: body.status ?? status, caps: body.caps ?? caps }
    const ifMatch = headers['if-match']
    try {
      const expectedVersion = ifMatch === undefined || ifMatch === '*' ? `"${storedCampaign.version}"` : ifMatch
      const { headers: responseHeaders, record } = await writeRecord(
        'campaigns',
        { id: params.id, body: updatedCampaign, ifMatch: expectedVersion },
        deps,
      )
      return {
        status: 200,
        headers: responseHeaders,
        body: await toSchoolCampaign({ ...record, body: updatedCampaign }, deps),
      }
    } catch (error) {
      const isVersionConflict = error instanceof Refusal && error.code === 'VERSION_CONFLICT'
      if (!isVersionConflict || (ifMatch !== undefined && ifMatch !== '*')) throw error
    }
  }
  throw conflictRefusal('The campaign is being changed by another request. Send the same request again.')
}

export const handler = defineHandler(route, changeSchoolCampaign)
