import {
  type AdPlatform,
  type Conversion,
  type ConversionEvent,
  findConversion,
} from '../../domain/reporting/conversions.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { Cursor } from '../../store/engine/engine.ts'

type ConversionsRequest = {
  sourceOwner: string
  platform: AdPlatform
  event: ConversionEvent
  value: 'payout' | 'revenue'
  /** The first instant: ISO 8601. */
  from: string
}

/** Returns the conversions among one page of the leads of a source. */
export async function loadConversions(
  { sourceOwner, from, ...terms }: ConversionsRequest,
  page: { limit: number; after?: Cursor },
  { publisherLeads, deliveries }: Pick<Dependencies, 'publisherLeads' | 'deliveries'>,
): Promise<{ conversions: Conversion[]; next?: Cursor }> {
  const { leadIds, next } = await publisherLeads.listIds(sourceOwner, { from, ...page })
  const found = await Promise.all(
    leadIds.map(async (leadId) => {
      const stored = await publisherLeads.find(leadId, sourceOwner)
      if (!stored) return []
      const deliveryIds = stored.decisions.flatMap((one) => one.deliveries.map(({ deliveryId }) => deliveryId))
      const logs = await Promise.all(deliveryIds.map((deliveryId) => deliveries.findWithAttempts(deliveryId)))
      return findConversion({ lead: stored.lead, deliveries: logs.flatMap((log) => log ?? []) }, terms) ?? []
    }),
  )
  return { conversions: found.flat(), ...(next && { next }) }
}
