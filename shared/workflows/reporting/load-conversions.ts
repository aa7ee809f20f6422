import { storedSource } from '../../domain/capture/source.ts'
import { toOwnerName } from '../../domain/catalog/generation.ts'
import {
  type AdPlatform,
  type Conversion,
  type ConversionEvent,
  findConversion,
} from '../../domain/reporting/conversions.ts'
import { toDayStart } from '../../domain/reporting/school-results.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { StoredRecord } from '../../store/catalog/record-store.ts'
import type { Cursor } from '../../store/engine/engine.ts'

type ConversionTerms = {
  platform: AdPlatform
  event: ConversionEvent
  value: 'payout' | 'revenue'
  /** The first day, in the time zone of the source. */
  since: string
}

/** Returns the conversions among one page of the leads of a source. */
export async function loadConversions(
  source: StoredRecord,
  { since, ...terms }: ConversionTerms,
  page: { limit: number; after?: Cursor },
  { publisherLeads, deliveries }: Pick<Dependencies, 'publisherLeads' | 'deliveries'>,
): Promise<{ conversions: Conversion[]; next?: Cursor }> {
  const sourceOwner = toOwnerName(source)
  const from = toDayStart(since, storedSource.parse(source.body).timeZone)
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
