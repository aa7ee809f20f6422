import { Refusal } from '../../contract/problems.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import { conflictRefusal } from '../../store/retry-on-conflict.ts'
import { enqueueDeliveries } from './enqueue-deliveries.ts'

type ReplayOneDeliveryDependencies = Pick<Dependencies, 'replays' | 'now' | 'earlyQueue' | 'log'>
type ReplayTarget = { deliveryId: string; ownerSchoolId?: string }

/** Replays one delivery: anybody's, or that of the school that asks. @throws Refusal where it may not be. */
export async function replayOneDelivery(
  { deliveryId, ownerSchoolId }: ReplayTarget,
  { replays, now, ...queueDeps }: ReplayOneDeliveryDependencies,
) {
  const replay = await replays.replayDelivery(deliveryId, { at: now().toISOString(), ownerSchoolId })
  switch (replay.result) {
    case 'replayed': {
      const { state, dueAt, schoolId } = replay
      if (state === 'pending') await enqueueDeliveries([{ deliveryId, schoolId }], queueDeps)
      return { deliveryId, state, replays: replay.replays, ...(dueAt !== undefined && { dueAt }) }
    }
    case 'final':
      throw new Refusal('NOT_REPLAYABLE', notReplayableReasons[replay.state === 'erased' ? 'erased' : 'rejected'])
    case 'full':
      throw new Refusal(
        'CAP_REACHED',
        `When it died its place went back, and another lead has it now: ${replay.counters.join(', ')}. ` +
          'It can be replayed once such a lead is rejected or dies.',
      )
    case 'busy':
      throw conflictRefusal('The delivery is being changed by another request. Send the same request again.')
    default:
      throw new Refusal('NOT_FOUND', 'There is no delivery of that id.')
  }
}

const notReplayableReasons = {
  rejected: 'The school has rejected it, and the lead was offered to others.',
  erased: 'The person has been forgotten.',
}
