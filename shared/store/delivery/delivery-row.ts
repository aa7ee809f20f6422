import * as z from 'zod'
import type { Disposition } from '../../domain/aftercare/disposition.ts'
import type { LeadReturn } from '../../domain/aftercare/lead-return.ts'
import { generation } from '../../domain/catalog/generation.ts'
import { type Attempt, type Delivery, delivery, deliveryState } from '../../domain/delivery/delivery.ts'
import type { Item, Key, Row } from '../engine/engine.ts'
import { deliveryContentKey, deliveryKey } from '../keys.ts'
import { packEvent, packed } from '../packed.ts'
import { chargeFields } from '../reporting/ledger/charges.ts'
import { toItem, toRowSchema } from '../rows.ts'

/** The body of an attempt in its school's own shape; absent if the stored event was sent as it is. */
const shapedBody = z.object({ method: z.enum(['POST', 'PUT', 'PATCH']), contentType: z.string(), body: z.string() })
export type ShapedBody = z.output<typeof shapedBody>

/** A cap reservation that a delivery holds. */
export const storedReservation = z.object({
  owner: z.string(),
  counter: z.string(),
  amount: z.number(),
  limit: z.number(),
})

export const deliveryRow = toRowSchema(delivery)
/** When the lead of a delivery was received; absent in older rows. */
export const leadReceivedAt = z.string().optional()
const storedDelivery = deliveryRow.extend({
  leadReceivedAt,
  state: deliveryState.exclude(['erased']),
  body: z.string(),
  shaped: shapedBody.optional(),
  taken: z.array(storedReservation),
  /** Where the due index has it; absent once it is settled. */
  dueSk: z.string().optional(),
  ...chargeFields,
})
const erasedDelivery = deliveryRow.extend({ state: deliveryState.extract(['erased']) })
export const storedOrErasedDelivery = z.discriminatedUnion('state', [storedDelivery, erasedDelivery])

/** The fields that never change. They have a row of their own, because a write costs by the size of the row that it changes. */
const contentFields = z.object({
  binding: delivery.shape.binding,
  traceparent: delivery.shape.traceparent,
  /** Absent once the person was erased. */
  body: z.string().optional(),
})
const contentRow = z.object({ content: packed(contentFields) })

/** What of its binding says which records a delivery is of; the row of its state has it too. */
const boundGenerations = z
  .object({ schoolGeneration: generation, campaignGeneration: generation })
  .transform(({ schoolGeneration, campaignGeneration }) => ({
    ...(schoolGeneration !== undefined && { schoolGeneration }),
    ...(campaignGeneration !== undefined && { campaignGeneration }),
  }))
/** The binding as far as the row of a delivery's state has it. */
export const rowBinding = boundGenerations.optional()

/** Returns the row of what never changes of a delivery. */
export function buildContentRow({
  deliveryId,
  ...fields
}: Pick<Delivery, 'deliveryId'> & z.input<typeof contentFields>): Row {
  return { ...deliveryContentKey(deliveryId), content: packEvent(contentFields.parse(fields)) }
}

/** Returns the other fields of a delivery: its state and what says where it belongs. */
export function toStateItem({ binding, traceparent: _traceparent, ...fields }: Delivery): Item {
  const generations = boundGenerations.parse(binding ?? {})
  return { ...toItem(fields), ...(Object.keys(generations).length > 0 && { binding: generations }) }
}

/** The span of sort keys that holds both rows of a delivery, and no others. */
export function getDeliverySpan(deliveryId: string): { pk: string; sk: { from: string; to: string } } {
  const { pk, sk: to } = deliveryKey(deliveryId)
  return { pk, sk: { from: deliveryContentKey(deliveryId).sk, to } }
}

/** Joins the rows of a delivery. An earlier edition stored all of it in one. */
export function joinDeliveryRows(deliveryId: string, rows: readonly Row[]): (Item & Key) | undefined {
  const row = rows.find(({ sk }) => sk === deliveryKey(deliveryId).sk)
  const content = rows.find(({ sk }) => sk === deliveryContentKey(deliveryId).sk)
  return row && showLease(content ? { ...row, ...toItem(contentRow.parse(content).content) } : row)
}

/**
 * Returns the row of a delivery as it is read: with a lease, even an expired one, it is `leased`, and due when the lease ends.
 * A lease changes neither of them in the row, because each change of an attribute in an index is billed as further writes.
 */
export function showLease<Stored extends Item>(row: Stored): Stored {
  const { leaseUntil, dueAt } = row
  if (typeof leaseUntil !== 'string') return row
  const isDueEarlier = typeof dueAt === 'string' && dueAt < leaseUntil
  return { ...row, state: 'leased', ...(isDueEarlier && { dueAt: leaseUntil }) }
}

/** What a delivery has while it waits or is leased, and loses when it is settled. */
export const waitingAttributes = ['leaseToken', 'leaseUntil', 'dueAt', 'duePk', 'dueSk', 'sweeps'] as const

/** A delivery with the event to send (`body`) and its cap reservations (`taken`). */
export type StoredDelivery = z.output<typeof storedDelivery>
/** A delivery whose person was erased: it holds no personal data and no body. */
export type ErasedDelivery = z.output<typeof erasedDelivery>
/** A delivery as its lease holder has it; `attempts` counts the attempt under way. `permitNumber`: if its permit has a row. */
export type LeasedDelivery = StoredDelivery & { leaseToken: string; permitNumber?: number }

export type DeliveryWithAttempts = Delivery & {
  attemptLog: Attempt[]
  dispositions: Disposition[]
  return?: LeadReturn
}
