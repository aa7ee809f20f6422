import { replayMatching } from '#functions/worker/replay/replay-matching.ts'
import { Refusal } from '#shared/contract/problems.ts'
import { replayOnce } from '#shared/workflows/delivery/replay-once.ts'
import type { Dice } from '../proof/dice.ts'
import type { edgeOf } from './edge.ts'
import { type Ending, type EventLoop, type Process, startsAt } from './event-loop.ts'
import type { Visitor } from './visitors.ts'
import type { Worker } from './world.ts'

/** A replay that somebody was told of: an attempt must have begun after it. */
export type Told = { deliveryId: string; at: number }
type Given = {
  dice: Dice
  loop: EventLoop
  edge: ReturnType<typeof edgeOf>
  visitors: readonly Visitor[]
  worker: Worker
  calmAt: number
}

const chances = { one: 0.04, many: 0.3, manyTwice: 0.5 }
const livesMs = 29_000
const turnMs = 60_000

/** Staff who have deliveries sent once more: one, or all that match, also two of them at once. */
export function staffOf({ dice, loop, edge, visitors, worker, calmAt }: Given): { told: Told[] } {
  const told: Told[] = []
  const sometime = () => startsAt + dice() * (calmAt - startsAt)

  function replayOne({ receipt }: Visitor) {
    const { deliveryId } = receipt?.schools[0] ?? {}
    if (deliveryId === undefined) return
    const story = async (process: Process) => {
      const at = loop.now()
      await replayOnce({ deliveryId }, edge.needsOf(process))
      told.push({ deliveryId, at })
    }
    loop.begin(`replay ${deliveryId}`, story, { livesMs, ended: refuseSurprises })
  }

  function replayMany(staff: number) {
    const filter = { states: ['dead' as const, 'parked' as const, 'delivered' as const], schoolId: 'alpha' }
    const story = async (process: Process) => {
      const { replays, now } = edge.needsOf(process)
      await replays.start(filter, now().toISOString())
    }
    loop.begin(`replays ${staff}`, story, { livesMs, ended: refuseSurprises })
  }

  /** The clock of the replay worker, for as long as there may be something to do. */
  function workOn(turn = 1) {
    const story = (process: Process) => replayMatching(edge.needsOf(process))
    worker('replay', '', story, ({ how }) => {
      if (how !== 'done' || turn < 3) loop.at(loop.now() + turnMs, () => workOn(turn + 1))
    })
  }

  for (const visitor of visitors) if (dice() < chances.one) loop.at(sometime(), () => replayOne(visitor))
  if (dice() < chances.many) {
    const at = sometime()
    const staff = dice() < chances.manyTwice ? [1, 2] : [1]
    for (const one of staff) loop.at(at + dice() * 200, () => replayMany(one))
    loop.at(at + turnMs, () => workOn())
  }
  return { told }
}

/** What is refused or out of reach is an answer; all else is a fault of ours. */
function refuseSurprises(ending: Ending): void {
  if (ending.how !== 'failed' || ending.error instanceof Refusal || isOutage(ending.error)) return
  throw ending.error
}

function isOutage(error: unknown): boolean {
  return error instanceof Error && /ThrottlingException|answer was lost/.test(error.message)
}
