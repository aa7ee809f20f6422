import type { PostbackEvent } from '../../domain/aftercare/postback.ts'
import { storedSource } from '../../domain/capture/source.ts'
import { isSameGeneration } from '../../domain/catalog/generation.ts'
import { leadCreated } from '../../domain/delivery/lead-created.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import { buildPostbackWrite } from '../../store/aftercare/postbacks.ts'
import type { StoredDelivery } from '../../store/delivery/delivery-row.ts'
import type { Write } from '../../store/engine/engine.ts'
import type { Table } from '../../store/keys.ts'

type RelayedDelivery = Pick<StoredDelivery, 'deliveryId' | 'leadId' | 'body' | 'binding'>

/**
 * Returns the write that queues a postback about a delivery, for the transaction of its cause; none if the source of the lead
 * does not ask for it.
 */
export async function listPostbackWrites(
  { deliveryId, leadId, body, binding }: RelayedDelivery,
  {
    cause,
    at,
    disposition,
  }: { cause: Extract<PostbackEvent, 'returned' | 'outcome'>; at: string; disposition?: string },
  { records }: Pick<Dependencies, 'records'>,
): Promise<Write<Table>[]> {
  const event = leadCreated.safeParse(JSON.parse(body)).data
  if (!event) return []
  const { id: sourceId } = event.data.source
  const sourceGeneration = binding?.sourceGeneration
  const record = await records.get('sources', sourceId)
  if (!record || !isSameGeneration(record.generation, sourceGeneration)) return []
  const { postback } = storedSource.parse(record.body)
  if (!postback?.events.includes(cause)) return []
  return [
    buildPostbackWrite({
      ...{ leadId, cause, at, sourceId, deliveryId },
      ...(sourceGeneration !== undefined && { sourceGeneration }),
      ...(disposition !== undefined && { disposition }),
    }),
  ]
}
