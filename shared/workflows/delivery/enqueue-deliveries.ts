import type { DeliveryPointer } from '../../outbound/queue.ts'
import type { Dependencies } from '../../platform/dependencies.ts'

type EnqueueDeliveriesDependencies = Pick<Dependencies, 'earlyQueue' | 'log'>

/** Tells the deliverer of what was committed. Best effort: the sweeper finds what the queue never heard of. */
export async function enqueueDeliveries(
  pointers: readonly DeliveryPointer[],
  { earlyQueue, log }: EnqueueDeliveriesDependencies,
): Promise<void> {
  await earlyQueue.send(pointers).catch((error: unknown) => {
    log('queue.send_failed', { deliveries: pointers.length, error: String(error) })
  })
}
