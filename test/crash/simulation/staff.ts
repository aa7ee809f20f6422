import { replayMatching } from '#functions/worker/replay/replay-matching.ts'
import { Refusal } from '#shared/contract/problems.ts'
import { replayOnce } from '#shared/runtime/replay-once.ts'
import type { Dice } from '../dice.ts'
import type { edgeOf } from './edge.ts'
import { type EventLoop, startsAt } from './event-loop.ts'
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

const turnMs = 60_000

/** Staff who have deliveries sent once more: one, or all that match, also two of them at once. */
export function staffOf({ dice, loop, edge, visitors, worker, calmAt }: Given): { told: Told[] } {
  const told: Told[] = []
  const sometime = () => startsAt + dice() * (calmAt - startsAt)
  const livesMs = 29_000

  for (const visitor of visitors)
    if (dice() < 0.04)
      loop.at(sometime(), () => {
        const { deliveryId } = visitor.receipt?.schools[0] ?? {}
        if (deliveryId === undefined) return
        const story = async (process: Parameters<Parameters<EventLoop['begin']>[1]>[0]) => {
          const asked = loop.now()
          await replayOnce({ deliveryId }, edge.needsOf(process))
          told.push({ deliveryId, at: asked })
        }
        loop.begin(`replay ${deliveryId}`, story, {
          livesMs,
          ended: (ending) => {
            if (ending.how === 'failed' && !(ending.error instanceof Refusal) && !isOutage(ending.error))
              throw ending.error
          },
        })
      })

  if (dice() < 0.3) {
    const filter = { states: ['dead' as const, 'parked' as const, 'delivered' as const], schoolId: 'alpha' }
    const at = sometime()
    for (let staff = dice() < 0.5 ? 2 : 1; staff > 0; staff--)
      loop.at(at + dice() * 200, () =>
        loop.begin(
          `replays ${staff}`,
          (process) => {
            const { replays, now } = edge.needsOf(process)
            return replays.start(filter, now().toISOString())
          },
          { livesMs, ended: () => {} },
        ),
      )
    // The clock of the replay worker, as long as there is one to work on.
    let turns = 0
    const work = () =>
      worker(
        'replay',
        '',
        (process) => replayMatching(edge.needsOf(process)),
        ({ how }) => {
          turns += 1
          if (how !== 'done' || turns < 3) loop.at(loop.now() + turnMs, work)
        },
      )
    loop.at(at + turnMs, work)
  }
  return { told }
}

function isOutage(error: unknown): boolean {
  return error instanceof Error && /ThrottlingException|answer was lost/.test(error.message)
}
