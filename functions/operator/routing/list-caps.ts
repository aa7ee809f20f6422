import type { Reply } from '#shared/contract/route.ts'
import { listCaps as route } from '#shared/contract/routing/cap-usage.ts'
import { school } from '#shared/domain/catalog/school.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { getEffectiveStatus, listPauses } from '#shared/domain/routing/edits/edit-campaign.ts'
import { isOpen } from '#shared/domain/routing/hours.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { StoredRecord } from '#shared/store/catalog/record-store.ts'
import { readCapUsage } from '#shared/workflows/routing/read-cap-usage.ts'

type ListCapsDependencies = Pick<Dependencies, 'records' | 'routing' | 'tokens' | 'now'>

/** Lists how full the caps of the campaigns are now, and which campaigns are open. */
export async function listCaps(
  { query }: Request<typeof route>,
  deps: ListCapsDependencies,
): Promise<Reply<typeof route>> {
  return replyWithPage('caps', { route, query }, deps, async (pageRequest) => {
    const { records, ...rest } = await deps.records.list('campaigns', pageRequest)
    return { ...rest, campaigns: await Promise.all(records.map((record) => toCampaignCaps(record, deps))) }
  })
}

async function toCampaignCaps({ id, updatedAt, body }: StoredRecord, deps: ListCapsDependencies) {
  const campaignFields = campaign.parse(body)
  const { schoolId, name, hours } = campaignFields
  const schoolRecord = await deps.records.get('schools', schoolId)
  const { name: schoolName, timeZone } = school.parse(schoolRecord?.body)
  return {
    campaignId: id,
    ...(name !== undefined && { name }),
    schoolId,
    schoolName,
    status: getEffectiveStatus(campaignFields),
    pausedBy: listPauses(campaignFields, updatedAt),
    open: isOpen(hours, deps.now().toISOString(), timeZone),
    caps: await readCapUsage({ ...campaignFields, id, timeZone }, deps),
  }
}

export const handler = defineHandler(route, listCaps)
