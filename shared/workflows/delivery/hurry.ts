import type { DeliveryPointer } from '../../outbound/queue.ts'
import type { Dependencies } from '../../platform/dependencies.ts'

type Needs = Pick<Dependencies, 'fastPath' | 'log'>

/** Tells the deliverer of what was committed. Best effort: the sweeper finds what the queue never heard of. */
export async function hurry(pointers: readonly DeliveryPointer[], { fastPath, log }: Needs): Promise<void> {
  await fastPath.send(pointers).catch((error: unknown) => {
    log('queue.unreached', { deliveries: pointers.length, error: String(error) })
  })
}
