import * as z from 'zod'
import { attempt, delivery, deliveryState } from '../../domain/delivery/delivery.ts'
import { toRowSchema } from '../rows.ts'

/** The body of an attempt in its school's own shape; absent where that was the stored body as it is. */
const shapedBody = z.object({ method: z.enum(['POST', 'PUT', 'PATCH']), contentType: z.string(), body: z.string() })
export type ShapedBody = z.output<typeof shapedBody>

export const deliveryRow = toRowSchema(delivery)
export const attemptRow = toRowSchema(attempt)
const storedDelivery = deliveryRow.extend({
  state: deliveryState.exclude(['erased']),
  body: z.string(),
  shaped: shapedBody.optional(),
  taken: z.array(z.object({ owner: z.string(), counter: z.string(), amount: z.number(), limit: z.number() })),
})
const erasedDelivery = deliveryRow.extend({ state: deliveryState.extract(['erased']) })
export const storedOrErasedDelivery = z.discriminatedUnion('state', [storedDelivery, erasedDelivery])

/** A delivery with what is to be sent, and what it took from caps. */
export type StoredDelivery = z.output<typeof storedDelivery>
/** What is left of a delivery whose person was forgotten: that it was, and nothing of the person. */
export type ErasedDelivery = z.output<typeof erasedDelivery>
/** As its lease holder has it; `attempts` counts the one that is being made. */
export type LeasedDelivery = StoredDelivery & { leaseToken: string; permitNumber: number }
