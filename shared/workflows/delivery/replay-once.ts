import { Refusal } from '../../contract/problems.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import { hurry } from './hurry.ts'

type Needs = Pick<Dependencies, 'replays' | 'now' | 'fastPath' | 'log'>
type Which = { deliveryId: string; whose?: string }

/** Replays one delivery: anybody's, or that of the school that asks. @throws Refusal where it may not be. */
export async function replayOnce({ deliveryId, whose }: Which, { replays, now, ...hurrying }: Needs) {
  const told = await replays.one(deliveryId, { at: now().toISOString(), whose })
  switch (told.came) {
    case 'replayed': {
      const { state, dueAt, schoolId } = told
      if (state === 'pending') await hurry([{ deliveryId, schoolId }], hurrying)
      return { deliveryId, state, replays: told.replays, ...(dueAt !== undefined && { dueAt }) }
    }
    case 'final':
      throw new Refusal('NOT_REPLAYABLE', finalBecause[told.state === 'erased' ? 'erased' : 'rejected'])
    case 'full':
      throw new Refusal(
        'CAP_REACHED',
        `When it died its place went back, and another lead has it now: ${told.counters.join(', ')}. ` +
          'It can be replayed once such a lead is rejected or dies.',
      )
    case 'busy':
      throw new Refusal('BUSY', 'Many ask for this delivery just now. Ask again in a second.')
    default:
      throw new Refusal('NOT_FOUND', 'There is no delivery of that id.')
  }
}

const finalBecause = {
  rejected: 'The school has rejected it, and the lead was offered to others.',
  erased: 'The person has been forgotten.',
}
