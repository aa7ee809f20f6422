import { campaign } from '#shared/domain/routing/campaign.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type PlacementHistoryDependencies = Pick<Dependencies, 'deliveries' | 'records'>
type Decisions = NonNullable<Awaited<ReturnType<Dependencies['leads']['find']>>>['decisions']

/**
 * Who has a lead by now, who would not have it, and how many schools those who have it bear. A delivery that is dead may
 * have arrived all the same.
 */
export async function placementHistory(decisions: Decisions, { deliveries, records }: PlacementHistoryDependencies) {
  const deliveryIds = decisions.flatMap((entry) => entry.deliveries.map(({ deliveryId }) => deliveryId))
  const pastDeliveries = (await Promise.all(deliveryIds.map((deliveryId) => deliveries.find(deliveryId)))).flatMap(
    (one) => one ?? [],
  )
  const liveDeliveries = pastDeliveries.filter(({ state }) => state !== 'rejected')
  const exclusiveVerdicts = decisions.flatMap(({ decision }) => decision.verdicts).filter(({ exclusive }) => exclusive)
  const shareLimits = await Promise.all(
    liveDeliveries.map(async ({ campaignId }) => {
      if (exclusiveVerdicts.some((verdict) => verdict.campaignId === campaignId)) return 1
      const record = await records.get('campaigns', campaignId)
      return 1 + ((record && campaign.parse(record.body).shareWith) ?? Number.POSITIVE_INFINITY)
    }),
  )
  return {
    rejectedBy: pastDeliveries.filter(({ state }) => state === 'rejected').map(({ schoolId }) => schoolId),
    holders: liveDeliveries.map(({ schoolId }) => schoolId),
    maxTakers: Math.min(...shareLimits, Number.POSITIVE_INFINITY),
  }
}
