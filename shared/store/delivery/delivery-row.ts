import * as z from 'zod'
import type { Disposition } from '../../domain/aftercare/disposition.ts'
import type { LeadReturn } from '../../domain/aftercare/lead-return.ts'
import { type Attempt, attempt, type Delivery, delivery, deliveryState } from '../../domain/delivery/delivery.ts'
import { toRowSchema } from '../rows.ts'

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
export const attemptRow = toRowSchema(attempt)
/** When the lead of a delivery was received; absent in older rows. */
export const leadReceivedAt = z.string().optional()
const storedDelivery = deliveryRow.extend({
  leadReceivedAt,
  state: deliveryState.exclude(['erased']),
  body: z.string(),
  shaped: shapedBody.optional(),
  taken: z.array(storedReservation),
})
const erasedDelivery = deliveryRow.extend({ state: deliveryState.extract(['erased']) })
export const storedOrErasedDelivery = z.discriminatedUnion('state', [storedDelivery, erasedDelivery])

/** A delivery with the event to send (`body`) and its cap reservations (`taken`). */
export type StoredDelivery = z.output<typeof storedDelivery>
/** A delivery whose person was erased: it holds no personal data and no body. */
export type ErasedDelivery = z.output<typeof erasedDelivery>
/** A delivery as its lease holder has it; `attempts` counts the attempt under way. */
export type LeasedDelivery = StoredDelivery & { leaseToken: string; permitNumber: number }

export type DeliveryWithAttempts = Delivery & {
  attemptLog: Attempt[]
  dispositions: Disposition[]
  return?: LeadReturn
}
