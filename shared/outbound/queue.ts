import * as z from 'zod'

/**
 * A delivery and its school. It holds no personal data, because queues may be read, logged or purged. `hops`: how often in a
 * row the deliverer has queued it for its next attempt.
 */
export const deliveryPointer = z.object({
  deliveryId: z.string(),
  schoolId: z.string(),
  hops: z.int().min(0).exactOptional(),
})
export type DeliveryPointer = z.output<typeof deliveryPointer>

export type DeliveryQueue = {
  send: (pointers: readonly DeliveryPointer[]) => Promise<void>
  /** The approximate number of waiting pointers. */
  depth: () => Promise<number>
}

/** Brings a delivery back after a delay, best effort; the sweeper is the guarantee. */
export type RetryQueue = { sendLater: (pointer: DeliveryPointer, delaySeconds: number) => Promise<void> }

/** Queues nothing at submission; the sweeper finds every delivery anyway. */
export const noEarlyQueue: Pick<DeliveryQueue, 'send'> = { send: async () => {} }
