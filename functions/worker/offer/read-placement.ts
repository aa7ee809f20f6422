import { campaign } from '#shared/domain/routing/campaign.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Placement } from '#shared/workflows/routing/plan-routing.ts'

type ReadPlacementDependencies = Pick<Dependencies, 'deliveries' | 'records'>
type Decisions = NonNullable<Awaited<ReturnType<Dependencies['leads']['find']>>>['decisions']

/** Which schools have the lead and which rejected it. A delivery that failed may have arrived, so its school counts as a holder. */
export async function readPlacement(
  decisions: Decisions,
  { deliveries, records }: ReadPlacementDependencies,
): Promise<Placement> {
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
    maxHolders: Math.min(...shareLimits, Number.POSITIVE_INFINITY),
    hasDeliveries: deliveryIds.length > 0,
  }
}
