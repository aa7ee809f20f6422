import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type Needs as OfferNeeds, offerLead } from './offer-lead.ts'

type Needs = OfferNeeds & Pick<Dependencies, 'due'>

// What one run offers at most, by shard. The rest stays due, and the next run finds it.
const mostPerShard = 100

/** Offers every lead whose time has come, shard beside shard. One that fails stays due and holds nobody else up. */
export async function offerDue(needs: Needs): Promise<void> {
  const shards = await needs.due.leads(needs.now().toISOString(), mostPerShard)
  let failed = 0
  await Promise.all(
    shards.map(async (leadIds) => {
      for (const leadId of leadIds)
        await offerLead(leadId, needs).catch((error: unknown) => {
          failed++
          needs.log('offer.failed', { leadId, error: error instanceof Error ? (error.stack ?? error.name) : 'unknown' })
        })
    }),
  )
  needs.log('offers.finished', { due: shards.flat().length, failed })
}
