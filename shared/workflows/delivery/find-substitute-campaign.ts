import { isNotice } from '../../domain/delivery/notice.ts'
import { type Campaign, campaign } from '../../domain/routing/campaign.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { StoredDelivery } from '../../store/delivery/delivery-row.ts'

export type SubstituteCampaign = { campaignId: string; campaign: Campaign }

/**
 * Returns the campaign that a delivery may use if its own was deleted: the first of the school's other campaigns, by ID,
 * that is active and sells the same program. A notice may use any campaign of the school.
 */
export async function findSubstituteCampaign(
  delivery: StoredDelivery,
  { records, composed }: Pick<Dependencies, 'records' | 'composed'>,
): Promise<SubstituteCampaign | undefined> {
  const { schoolId, programId } = delivery
  const campaignIds = await composed.listDependents('schools', schoolId, 'campaigns')
  for (const campaignId of campaignIds.toSorted()) {
    const record = await records.get('campaigns', campaignId)
    const candidate = record && campaign.parse(record.body)
    if (candidate?.schoolId !== schoolId) continue
    if (isNotice(delivery) || (candidate.status === 'active' && candidate.programIds.includes(programId)))
      return { campaignId, campaign: candidate }
  }
  return undefined
}
