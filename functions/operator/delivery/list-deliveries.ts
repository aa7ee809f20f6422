import * as z from 'zod'
import { listDeliveries as route } from '#shared/contract/delivery/deliveries.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Delivery, type DeliveryState, delivery } from '#shared/domain/delivery/delivery.ts'
import { isNotice } from '#shared/domain/delivery/notice.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { decodeContinuation, encodeContinuation } from '#shared/http/continuation-token.ts'
import { formatLink } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type WaitingPosition, waitingPosition } from '#shared/store/delivery/due-store.ts'
import { searchPosition } from '#shared/store/delivery/replay-job-store.ts'
import { findMatchingDeliveries } from '#shared/workflows/delivery/find-matching-deliveries.ts'

type ListDeliveriesDependencies = Pick<Dependencies, 'records' | 'deliveries' | 'due' | 'tokens' | 'now'>
type Filter = Omit<Request<typeof route>['query'], 'cursor'>
type Page = { deliveries: (Delivery | undefined)[]; next?: Position | undefined }

// Bounds of one page, so that it takes a fraction of a second; the next page continues.
const deliveriesPerPage = 50
const maxBatches = 40
const maxScanned = 2500
const maxReadWaiting = 250
const deliveriesPerSparseBatch = 500
const waitingStates: readonly DeliveryState[] = ['pending', 'leased', 'parked']

/** Lists the deliveries in one state, without personal data: waiting ones by the due index, and others school by school. */
export async function listDeliveries(
  { query }: Request<typeof route>,
  deps: ListDeliveriesDependencies,
): Promise<Reply<typeof route>> {
  const { cursor, from, to, ...others } = query
  const filter = { ...others, ...(from && { from: normalizeInstant(from) }), ...(to && { to: normalizeInstant(to) }) }
  const list = `deliveries:${JSON.stringify(filter)}`
  const start = cursor === undefined ? undefined : position.parse(await decodeContinuation(list, cursor, deps))
  const { deliveries, next } = waitingStates.includes(filter.state)
    ? await readWaitingPage(filter, start?.waiting, deps)
    : await readSettledPage(filter, start, deps)
  const nextCursor = next ? await encodeContinuation(list, next, deps) : null
  return {
    status: 200,
    headers: nextCursor === null ? {} : { link: formatLink('next', route.path, { ...query, cursor: nextCursor }) },
    body: {
      deliveries: deliveries.flatMap((row) => (row?.state === filter.state ? toDeliveryResponse(row) : [])),
      page: { nextCursor },
    },
  }
}

async function readWaitingPage(
  { schoolId, campaignId, from = '', to = '~' }: Filter,
  start: WaitingPosition | undefined,
  deps: ListDeliveriesDependencies,
): Promise<Page> {
  const deliveries: Delivery[] = []
  let current = start
  let readCount = 0
  do {
    const { waiting, next } = await deps.due.listWaiting(current, deliveriesPerPage)
    const entries = waiting.filter((entry) => (schoolId ?? entry.schoolId) === entry.schoolId)
    const rows = await Promise.all(entries.map(({ deliveryId }) => deps.deliveries.find(deliveryId)))
    const isListed = (row: Delivery) =>
      (campaignId ?? row.campaignId) === row.campaignId && row.createdAt >= from && row.createdAt < to && !isNotice(row)
    deliveries.push(...rows.flatMap((row) => (row && isListed(row) ? [row] : [])))
    readCount += entries.length
    current = next
  } while (current && deliveries.length < deliveriesPerPage && readCount < maxReadWaiting)
  return { deliveries, next: current && { waiting: current } }
}

async function readSettledPage(
  { state, ...others }: Filter,
  start: Position | undefined,
  deps: ListDeliveriesDependencies,
): Promise<Page> {
  const filter = { ...others, states: [state] }
  const until = start?.until ?? deps.now().toISOString()
  const ids: string[] = []
  let from = start?.from
  let limit = deliveriesPerPage
  let scannedCount = 0
  for (let batchCount = 0; batchCount < maxBatches && scannedCount < maxScanned; batchCount++) {
    const batch = await findMatchingDeliveries({ filter, until, from, limit }, deps)
    scannedCount += batch.scannedCount
    // A large batch is for states that are rare; if it has too many after all, it is read again in small ones.
    const isTooLarge = limit > deliveriesPerPage && batch.matching.length > deliveriesPerPage
    limit = batch.matching.length > 0 ? deliveriesPerPage : deliveriesPerSparseBatch
    if (isTooLarge) continue
    ids.push(...batch.matching.map(({ deliveryId }) => deliveryId))
    from = batch.next
    if (!from || ids.length >= deliveriesPerPage) break
  }
  const deliveries = await Promise.all(ids.map((deliveryId) => deps.deliveries.find(deliveryId)))
  return { deliveries, next: from && { from, until } }
}

/** Removes the body, which holds personal data. */
function toDeliveryResponse(row: Delivery): Delivery {
  return z.object(delivery.shape).parse(row)
}

// Stored instants are compared as text.
function normalizeInstant(instant: string): string {
  return new Date(instant).toISOString()
}

const position = z.object({
  from: searchPosition.optional(),
  until: z.string().optional(),
  waiting: waitingPosition.optional(),
})
type Position = z.output<typeof position>

export const handler = defineHandler(route, listDeliveries)
