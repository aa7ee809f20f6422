import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { changeSchoolCampaign as route } from '#shared/contract/routing/school-campaigns.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { writeRecord } from '#shared/workflows/catalog/write-record.ts'
import { ownCampaign, toldCampaign } from './told-campaign.ts'

type Needs = Pick<Dependencies, 'records' | 'composed' | 'routing' | 'now'>

// Of so many who change the same campaign at once, each is heard.
const mostTurns = 10

/** A school pauses, resumes and caps what it buys. What staff changed meanwhile stays as they left it. */
export async function changeSchoolCampaign(request: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { params, headers, body, principal } = request
  for (let turn = 0; turn < mostTurns; turn++) {
    const kept = await ownCampaign(params.id, principal, needs)
    const { status, caps, ...terms } = campaign.parse(kept.body)
    const changed = { ...terms, status: body.status ?? status, caps: body.caps ?? caps }
    const ifMatch = headers['if-match']
    try {
      const seen = ifMatch === undefined || ifMatch === '*' ? `"${kept.version}"` : ifMatch
      const { headers: told, record } = await writeRecord(
        'campaigns',
        { id: params.id, body: changed, ifMatch: seen },
        needs,
      )
      return { status: 200, headers: told, body: await toldCampaign({ ...record, body: changed }, needs) }
    } catch (error) {
      const isOurs = error instanceof Refusal && error.code === 'VERSION_CONFLICT'
      if (!isOurs || (ifMatch !== undefined && ifMatch !== '*')) throw error
    }
  }
  throw new Refusal('BUSY', 'Others are changing the campaign. Send the same request again.')
}

export const handler = serve(route, changeSchoolCampaign)
