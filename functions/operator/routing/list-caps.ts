import type { Reply } from '#shared/contract/route.ts'
import { listCaps as route } from '#shared/contract/routing/cap-usage.ts'
import { type School, school } from '#shared/domain/catalog/school.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { getEffectiveStatus, listPauses } from '#shared/domain/routing/edits/edit-campaign.ts'
import { isOpen } from '#shared/domain/routing/hours.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { StoredRecord } from '#shared/store/catalog/record-store.ts'
import { readCapUsage, readSchoolUsage } from '#shared/workflows/routing/read-cap-usage.ts'

type ListCapsDependencies = Pick<Dependencies, 'records' | 'routing' | 'tokens' | 'now'>

/** Lists how full the caps of campaigns and schools are now, how much credit is left, and which campaigns are open. */
export async function listCaps(
  { query }: Request<typeof route>,
  deps: ListCapsDependencies,
): Promise<Reply<typeof route>> {
  return replyWithPage('caps', { route, query }, deps, async (pageRequest) => {
    const { records, ...rest } = await deps.records.list('campaigns', pageRequest)
    const schools = await readSchools(records, deps)
    return {
      ...rest,
      campaigns: await Promise.all(records.map((record) => toCampaignCaps(record, schools, deps))),
      schools: await Promise.all([...schools.values()].map((one) => toSchoolLimits(one, deps))),
    }
  })
}

type SchoolWithId = School & Pick<StoredRecord, 'id' | 'generation'>

/** Reads the school of each campaign once. */
async function readSchools(campaignRecords: readonly StoredRecord[], { records }: ListCapsDependencies) {
  const ids = new Set(campaignRecords.map(({ body }) => campaign.parse(body).schoolId))
  const schoolRecords = await Promise.all([...ids].map((id) => records.get('schools', id)))
  return new Map(
    schoolRecords.flatMap((one): [string, SchoolWithId][] =>
      one ? [[one.id, { ...school.parse(one.body), id: one.id, generation: one.generation }]] : [],
    ),
  )
}

async function toCampaignCaps(
  { id, generation, updatedAt, body }: StoredRecord,
  schools: ReadonlyMap<string, SchoolWithId>,
  deps: ListCapsDependencies,
) {
  const campaignFields = campaign.parse(body)
  const { schoolId, name, hours } = campaignFields
  const campaignSchool = schools.get(schoolId)
  if (!campaignSchool) throw new Error(`The school of the campaign ${id} does not exist.`)
  return {
    campaignId: id,
    ...(name !== undefined && { name }),
    schoolId,
    schoolName: campaignSchool.name,
    status: getEffectiveStatus(campaignFields),
    pausedBy: listPauses(campaignFields, updatedAt),
    open: isOpen(hours, deps.now().toISOString(), campaignSchool.timeZone),
    caps: await readCapUsage({ ...campaignFields, id, generation }, campaignSchool, deps),
  }
}

async function toSchoolLimits(schoolFields: SchoolWithId, deps: ListCapsDependencies) {
  const { capUsage, credit } = await readSchoolUsage(schoolFields, deps)
  const { id, name, status } = schoolFields
  return { schoolId: id, schoolName: name, status, caps: capUsage, ...(credit && { credit }) }
}

export const handler = defineHandler(route, listCaps)
