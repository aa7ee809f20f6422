import * as z from 'zod'
import { listDeliveries as route } from '#shared/contract/delivery/deliveries.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Delivery, delivery } from '#shared/domain/delivery/delivery.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { decodeContinuation, encodeContinuation } from '#shared/http/continuation-token.ts'
import { formatLink } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { searchPosition } from '#shared/store/delivery/replay-job-store.ts'
import { findMatchingDeliveries } from '#shared/workflows/delivery/find-matching-deliveries.ts'

type ListDeliveriesDependencies = Pick<Dependencies, 'records' | 'deliveries' | 'tokens' | 'now'>

// Keeps one page well below a second; the next page continues.
const maxBatches = 40
const deliveriesPerBatch = 500
const deliveriesPerPage = 50

/** Lists the deliveries in one state, without personal data. */
export async function listDeliveries(
  { query }: Request<typeof route>,
  deps: ListDeliveriesDependencies,
): Promise<Reply<typeof route>> {
  const { state, cursor, from: after, to: before, ...otherFilters } = query
  const span = { ...(after && { from: normalizeInstant(after) }), ...(before && { to: normalizeInstant(before) }) }
  const filter = { ...otherFilters, ...span, states: [state] }
  const list = `deliveries:${JSON.stringify(filter)}`
  const continuation =
    cursor === undefined ? undefined : continuationState.parse(await decodeContinuation(list, cursor, deps))
  const until = continuation?.until ?? deps.now().toISOString()
  const ids: string[] = []
  let from = continuation?.from
  for (let batchCount = 0; batchCount < maxBatches && ids.length < deliveriesPerPage; batchCount++) {
    const batch = await findMatchingDeliveries({ filter, until, from, limit: deliveriesPerBatch }, deps)
    ids.push(...batch.matching.map(({ deliveryId }) => deliveryId))
    from = batch.next
    if (!from) break
  }
  const rows = await Promise.all(ids.map((deliveryId) => deps.deliveries.find(deliveryId)))
  const nextCursor = from ? await encodeContinuation(list, { from, until }, deps) : null
  return {
    status: 200,
    headers: nextCursor === null ? {} : { link: formatLink('next', route.path, { ...query, cursor: nextCursor }) },
    body: {
      deliveries: rows.flatMap((row) => (row?.state === state ? toDeliveryResponse(row) : [])),
      page: { nextCursor },
    },
  }
}

/** Removes the body, which holds personal data. */
function toDeliveryResponse(row: Delivery): Delivery {
  return z.object(delivery.shape).parse(row)
}

// Stored instants are compared as text.
function normalizeInstant(instant: string): string {
  return new Date(instant).toISOString()
}

const continuationState = z.object({ from: searchPosition, until: z.string() })

export const handler = defineHandler(route, listDeliveries)
