import { listCaps as route } from '#shared/contract/reporting/overview.ts'
import type { Reply } from '#shared/contract/route.ts'
import { school } from '#shared/domain/catalog/school.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { isOpen } from '#shared/domain/routing/hours.ts'
import { type Request, serve } from '#shared/http/api.ts'
import { pageAsked, pageTold } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Kept } from '#shared/store/catalog/records.ts'
import { capStandings } from '#shared/workflows/routing/cap-standings.ts'

type Needs = Pick<Dependencies, 'records' | 'routing' | 'tokens' | 'now'>

/** How full the caps of the campaigns are now, and which of them are open. */
export async function listCaps({ query }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const found = await needs.records.list('campaigns', await pageAsked('caps', query, needs))
  const { page, headers } = await pageTold('caps', { path: route.path, query, next: found.next }, needs)
  const campaigns = await Promise.all(found.records.map((kept) => standingOf(kept, needs)))
  return { status: 200, headers, body: { campaigns, page } }
}

async function standingOf({ id, body }: Kept, needs: Needs) {
  const { schoolId, name, status, caps, hours } = campaign.parse(body)
  const buyer = await needs.records.get('schools', schoolId)
  const { name: schoolName, timeZone } = school.parse(buyer?.body)
  return {
    campaignId: id,
    ...(name !== undefined && { name }),
    schoolId,
    schoolName,
    status,
    open: isOpen(hours, needs.now().toISOString(), timeZone),
    caps: await capStandings({ id, caps, timeZone }, needs),
  }
}

export const handler = serve(route, listCaps)
