import type { DeliveryPointer, RetryQueue } from '#shared/outbound/queue.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type QueueNextAttemptDependencies = Pick<Dependencies, 'now' | 'log'> & { retryQueue: RetryQueue }

/** Lambda stops a function that feeds its own queue after about 16 messages in a row. */
export const maxHops = 10
/** SQS delays a message by 15 minutes at most, and an alarm tells of messages that are older. */
const maxDelaySeconds = 13 * 60

/**
 * Brings a delivery back when it is due again, if that is soon: the sweeper looks only once a minute. Best effort: the sweeper finds every delivery whose message is lost.
 */
export async function queueNextAttempt(
  { hops = 0, ...pointer }: DeliveryPointer,
  dueAt: string | undefined,
  { retryQueue, now, log }: QueueNextAttemptDependencies,
): Promise<void> {
  if (dueAt === undefined || hops >= maxHops) return
  // A second later, because the clock of the next deliverer may be behind.
  const delaySeconds = Math.max(0, Math.ceil((Date.parse(dueAt) - now().getTime()) / 1000)) + 1
  if (delaySeconds > maxDelaySeconds) return
  await retryQueue
    .sendLater({ ...pointer, hops: hops + 1 }, delaySeconds)
    .catch((error: unknown) => log('queue.send_failed', { deliveries: 1, error: String(error) }))
}
