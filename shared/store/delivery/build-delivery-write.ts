import type { Generation } from '../../domain/catalog/generation.ts'
import { toSchoolOwner } from '../../domain/delivery/binding.ts'
import type { Delivery } from '../../domain/delivery/delivery.ts'
import { isNotice } from '../../domain/delivery/notice.ts'
import type { Reservation } from '../../domain/routing/caps.ts'
import type { Write } from '../engine/engine.ts'
import { deliveriesPartition, dueEntry } from '../index-keys.ts'
import { deliveryKey, type Table } from '../keys.ts'
import { buildPayoutKeys } from '../reporting/ledger/payouts.ts'
import { toItem } from '../rows.ts'
import { buildContentRow, toStateItem } from './delivery-row.ts'

export type DeliveryRowOptions = {
  reservations?: readonly Reservation[]
  leadReceivedAt?: string
  /** Who earns the payout of the delivery. */
  source?: { id: string; generation?: Generation }
  /** One row instead of two, for a transaction that would have too many. Each change of it then costs more. */
  inOneRow?: boolean
}

/** Creates the rows of a delivery: part of the transaction that saves its lead. A notice is not on the school's timeline. */
export function buildDeliveryWrites(
  delivery: Delivery,
  body: string,
  { reservations = [], leadReceivedAt, source, inOneRow = false }: DeliveryRowOptions = {},
): Write<Table>[] {
  const { deliveryId, createdAt, dueAt = createdAt } = delivery
  const timelineEntry = {
    timelinePk: deliveriesPartition(toSchoolOwner(delivery)),
    timelineSk: `${createdAt}#${deliveryId}`,
  }
  const timeline = isNotice(delivery) ? {} : timelineEntry
  const capReservations = reservations.map(({ owner, counter, amount, limit }) => ({ owner, counter, amount, limit }))
  const row = {
    ...deliveryKey(deliveryId),
    ...(inOneRow ? { ...toItem(delivery), body } : toStateItem(delivery)),
    dueAt,
    taken: capReservations,
    ...(leadReceivedAt !== undefined && { leadReceivedAt }),
    ...timeline,
    ...(source && buildPayoutKeys(delivery, source)),
    ...dueEntry(deliveryId, dueAt),
  }
  const write = { in: 'leads', put: row, when: { exists: false } } as const
  return inOneRow ? [write] : [write, { in: 'leads', put: buildContentRow({ ...delivery, body }) }]
}
