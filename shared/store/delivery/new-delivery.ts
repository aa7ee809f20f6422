import type { Delivery } from '../../domain/delivery/delivery.ts'
import type { Reservation } from '../../domain/routing/caps.ts'
import type { Write } from '../engine/engine.ts'
import { deliveriesOfSchool, dueEntry } from '../index-keys.ts'
import { deliveryKey, type Table } from '../keys.ts'
import { plain } from '../rows.ts'

/** For the transaction that makes a delivery together with its lead. A notice is no lead, and its school does not list it. */
export function newDeliveryWrite(made: Delivery, body: string, reservations: readonly Reservation[]): Write<Table> {
  const { deliveryId, schoolId, createdAt, dueAt = createdAt } = made
  const listed = { timelinePk: deliveriesOfSchool(schoolId), timelineSk: `${createdAt}#${deliveryId}` }
  const timeline = made.erases === undefined ? listed : {}
  const taken = reservations.map(({ owner, counter, amount, limit }) => ({ owner, counter, amount, limit }))
  const row = {
    ...deliveryKey(deliveryId),
    ...plain(made),
    dueAt,
    body,
    taken,
    ...timeline,
    ...dueEntry(deliveryId, dueAt),
  }
  return { in: 'leads', put: row, when: { exists: false } }
}
