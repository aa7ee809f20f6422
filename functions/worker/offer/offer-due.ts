import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type OfferLeadDependencies as OfferNeeds, offerLead } from './offer-lead.ts'

type OfferDueDependencies = OfferNeeds & Pick<Dependencies, 'due'>

// What one run offers at most, by shard. The rest stays due, and the next run finds it.
const maxPerShard = 100

/** Offers every due lead, all shards at the same time. A lead that fails stays due and does not delay the others. */
export async function offerDue(deps: OfferDueDependencies): Promise<void> {
  const shards = await deps.due.listLeads(deps.now().toISOString(), maxPerShard)
  let failed = 0
  await Promise.all(
    shards.map(async (leadIds) => {
      for (const leadId of leadIds)
        await offerLead(leadId, deps).catch((error: unknown) => {
          failed++
          deps.log('offer.failed', { leadId, error: error instanceof Error ? (error.stack ?? error.name) : 'unknown' })
        })
    }),
  )
  deps.log('offers.finished', { due: shards.flat().length, failed })
}
