import { campaign } from '#shared/domain/routing/campaign.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type Needs = Pick<Dependencies, 'deliveries' | 'records'>
type Decisions = NonNullable<Awaited<ReturnType<Dependencies['leads']['find']>>>['decisions']

/**
 * Who has a lead by now, who would not have it, and how many schools those who have it bear. A delivery that is dead may
 * have arrived all the same.
 */
export async function soFar(decisions: Decisions, { deliveries, records }: Needs) {
  const ids = decisions.flatMap((routed) => routed.deliveries.map(({ deliveryId }) => deliveryId))
  const found = (await Promise.all(ids.map((deliveryId) => deliveries.find(deliveryId)))).flatMap((one) => one ?? [])
  const held = found.filter(({ state }) => state !== 'rejected')
  const alone = decisions.flatMap(({ decision }) => decision.verdicts).filter(({ exclusive }) => exclusive)
  const borne = await Promise.all(
    held.map(async ({ campaignId }) => {
      if (alone.some((verdict) => verdict.campaignId === campaignId)) return 1
      const kept = await records.get('campaigns', campaignId)
      return 1 + ((kept && campaign.parse(kept.body).shareWith) ?? Number.POSITIVE_INFINITY)
    }),
  )
  return {
    rejectedBy: found.filter(({ state }) => state === 'rejected').map(({ schoolId }) => schoolId),
    heldBy: held.map(({ schoolId }) => schoolId),
    mostTakers: Math.min(...borne, Number.POSITIVE_INFINITY),
  }
}
