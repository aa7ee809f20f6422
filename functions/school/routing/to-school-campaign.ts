import { Refusal } from '#shared/contract/problems.ts'
import { defaultReturnTerms } from '#shared/domain/aftercare/lead-return.ts'
import { program } from '#shared/domain/catalog/program.ts'
import { school } from '#shared/domain/catalog/school.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { getEffectiveStatus, listPauses } from '#shared/domain/routing/edits/edit-campaign.ts'
import { isOpen } from '#shared/domain/routing/hours.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { StoredRecord } from '#shared/store/catalog/record-store.ts'
import { readCapUsage } from '#shared/workflows/routing/read-cap-usage.ts'

type ToSchoolCampaignDependencies = Pick<Dependencies, 'records' | 'routing' | 'now'>

/** Finds a campaign of the calling school. @throws Refusal if it does not exist or belongs to another school, which must look the same */
export async function requireOwnCampaign(
  id: string,
  { schoolId }: { schoolId: string },
  { records }: Pick<Dependencies, 'records'>,
): Promise<StoredRecord> {
  const campaignRecord = await records.get('campaigns', id)
  if (!campaignRecord || campaign.parse(campaignRecord.body).schoolId !== schoolId)
    throw new Refusal('NOT_FOUND', 'Campaign not found.')
  return campaignRecord
}

/** Returns a campaign as its school sees it: terms, cap usage, and whether it is open now. */
export async function toSchoolCampaign(
  {
    id,
    version,
    generation,
    updatedAt,
    body,
  }: Pick<StoredRecord, 'id' | 'version' | 'generation' | 'updatedAt'> & { body: unknown },
  deps: ToSchoolCampaignDependencies,
) {
  const campaignFields = campaign.parse(body)
  const {
    schoolId,
    programIds,
    name,
    priceCents,
    caps,
    schoolCaps = [],
    hours,
    endpoint,
    testEndpoint,
  } = campaignFields
  const schoolRecord = await deps.records.get('schools', schoolId)
  const schoolFields = school.parse(schoolRecord?.body)
  const { timeZone } = schoolFields
  const at = deps.now().toISOString()
  const programs = await Promise.all(
    programIds.map(async (programId) => {
      const programRecord = await deps.records.get('programs', programId)
      return { id: programId, name: programRecord ? program.parse(programRecord.body).name : programId }
    }),
  )
  return {
    id,
    version,
    ...(name !== undefined && { name }),
    status: getEffectiveStatus(campaignFields),
    pausedBy: listPauses(campaignFields, updatedAt),
    priceCents,
    programs,
    caps: schoolCaps,
    contractCaps: caps,
    capUsage: await readCapUsage(
      { ...campaignFields, id, generation },
      { ...schoolFields, id: schoolId, generation: schoolRecord?.generation },
      deps,
    ),
    ...(hours && { hours }),
    open: isOpen(hours, at, timeZone),
    endpoint,
    ...(testEndpoint && { testEndpoint }),
    returns: campaignFields.returns ?? defaultReturnTerms,
  }
}
