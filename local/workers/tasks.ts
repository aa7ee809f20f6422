import { eraseOn } from '#functions/worker/erase/erase-on.ts'
import { offerDue } from '#functions/worker/offer/offer-due.ts'
import { reconcileDays } from '#functions/worker/reconcile/reconcile-days.ts'
import { replayMatching } from '#functions/worker/replay/replay-matching.ts'
import { retainDays } from '#functions/worker/retain/retain-days.ts'
import { rollUpDays } from '#functions/worker/roll-up/roll-up-days.ts'
import { sweepDue } from '#functions/worker/sweep/sweep-due.ts'
import { type WorkerName, workers } from '#shared/contract/delivery/workers.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Log } from '#shared/platform/log.ts'
import type { Task } from './clocks.ts'
import { restful } from './restful.ts'

type Clocked = {
  [Name in WorkerName]: (typeof workers)[Name]['on'] extends { everySeconds: number } ? Name : never
}[WorkerName]
/** Seconds between the runs of a worker, where they are not to be those of the contract. */
export type Periods = { [Name in Clocked]?: number }
type Setup = { needs: Dependencies; engine: { removeExpired: () => Promise<unknown> }; periods: Periods }

const hour = 60 * 60
/** Nobody pays for a tick here, and somebody may be waiting. */
const sooner: Periods = { replay: 5, 'roll-up': 5 }

/** Every worker that a clock starts, and what DynamoDB does by itself: deleting what has expired. */
export function tasks({ needs, engine, periods }: Setup): Task[] {
  const runs: { [Name in Clocked]: () => Promise<void> } = {
    sweep: () => sweepDue(needs),
    offer: () => offerDue(needs),
    replay: () => replayMatching(needs),
    erase: () => eraseOn(needs),
    retain: () => retainDays(needs),
    reconcile: () => reconcileDays(needs),
    'roll-up': restful(() => rollUpDays({ ...needs, log: unlessFinished(needs.log) }), needs.now),
  }
  const clocked = (name: Clocked): Task => ({
    everySeconds: periods[name] ?? sooner[name] ?? everySecondsOf(workers[name]),
    run: runs[name],
  })
  return [
    clocked('sweep'),
    clocked('offer'),
    clocked('replay'),
    clocked('erase'),
    clocked('retain'),
    clocked('reconcile'),
    clocked('roll-up'),
    {
      everySeconds: hour,
      async run() {
        await engine.removeExpired()
      },
    },
  ]
}

/** Days are counted every few seconds here: that one has been is no news. */
function unlessFinished(log: Log): Log {
  return (event, fields) => {
    if (!('state' in fields) || fields.state !== 'finished') log(event, fields)
  }
}

/** A clock here ticks as often as it likes; one on AWS makes several turns of its worker within a minute. */
function everySecondsOf({ on }: { on: { everySeconds: number; againAfterSeconds?: number } }): number {
  return on.againAfterSeconds ?? on.everySeconds
}
