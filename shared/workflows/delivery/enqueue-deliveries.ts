import type { DeliveryPointer } from '../../outbound/queue.ts'
import type { Dependencies } from '../../platform/dependencies.ts'

type EnqueueDeliveriesDependencies = Pick<Dependencies, 'earlyQueue' | 'log'>

/** Queues committed deliveries for an attempt at once. Best effort: the sweeper finds those that were not queued. */
export async function enqueueDeliveries(
  pointers: readonly DeliveryPointer[],
  { earlyQueue, log }: EnqueueDeliveriesDependencies,
): Promise<void> {
  await earlyQueue.send(pointers).catch((error: unknown) => {
    log('queue.send_failed', { deliveries: pointers.length, error: String(error) })
  })
}
