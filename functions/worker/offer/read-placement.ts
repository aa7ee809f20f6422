import { findCampaignFault, toSchoolOwner } from '#shared/domain/delivery/binding.ts'
import { isReturnedToRouting } from '#shared/domain/delivery/delivery.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { isSourceReservation } from '#shared/domain/routing/source/source-limits.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { ErasedDelivery, StoredDelivery } from '#shared/store/delivery/delivery-row.ts'
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
  const liveDeliveries = pastDeliveries.filter(
    (delivery) => delivery.state !== 'rejected' && !isReturnedToRouting(delivery),
  )
  const exclusiveVerdicts = decisions.flatMap(({ decision }) => decision.verdicts).filter(({ exclusive }) => exclusive)
  const shareLimits = await Promise.all(
    liveDeliveries.map(async (delivery) => {
      const { campaignId } = delivery
      if (exclusiveVerdicts.some((verdict) => verdict.campaignId === campaignId)) return 1
      const record = await records.get('campaigns', campaignId)
      const terms = record && campaign.parse(record.body)
      const current = terms && { schoolId: terms.schoolId, generation: record?.generation }
      const shareWith = findCampaignFault(delivery, current) ? undefined : terms?.shareWith
      return 1 + (shareWith ?? Number.POSITIVE_INFINITY)
    }),
  )
  return {
    rejectedBy: pastDeliveries.filter(({ state }) => state === 'rejected').map(toSchoolOwner),
    holders: liveDeliveries.map(toSchoolOwner),
    hasReturned: pastDeliveries.some(isReturnedToRouting),
    maxHolders: Math.min(...shareLimits, Number.POSITIVE_INFINITY),
    hasDeliveries: deliveryIds.length > 0,
    payoutCents: pastDeliveries
      .filter((delivery) => delivery.payoutOn === 'accepted' || liveDeliveries.includes(delivery))
      .reduce((sum, { payoutCents = 0 }) => sum + payoutCents, 0),
    heldParts: sumHeldParts(pastDeliveries),
  }
}

/** What deliveries hold of the caps of the source. A dead one gave its part back, as a rejected one did. */
function sumHeldParts(deliveries: readonly (StoredDelivery | ErasedDelivery)[]): { [counter: string]: number } {
  const heldParts: { [counter: string]: number } = {}
  for (const delivery of deliveries) {
    if (delivery.state === 'erased' || delivery.state === 'rejected' || delivery.state === 'dead') continue
    for (const { counter, amount } of delivery.taken.filter(isSourceReservation))
      heldParts[counter] = (heldParts[counter] ?? 0) + amount
  }
  return heldParts
}
