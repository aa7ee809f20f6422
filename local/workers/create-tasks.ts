import { continueErasures } from '#functions/worker/erase/continue-erasures.ts'
import { offerDue } from '#functions/worker/offer/offer-due.ts'
import { reconcileDays } from '#functions/worker/reconcile/reconcile-days.ts'
import { continueReplays } from '#functions/worker/replay/continue-replays.ts'
import { eraseExpiredLeads } from '#functions/worker/retain/erase-expired-leads.ts'
import { rollUpDays } from '#functions/worker/roll-up/roll-up-days.ts'
import { sweepDue } from '#functions/worker/sweep/sweep-due.ts'
import { type WorkerName, workers } from '#shared/contract/delivery/workers.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Log } from '#shared/platform/log.ts'
import type { ScheduledTask } from './start-scheduled-tasks.ts'
import { withDutyCycle } from './with-duty-cycle.ts'

type ScheduledWorker = {
  [Name in WorkerName]: (typeof workers)[Name]['trigger'] extends { everySeconds: number } ? Name : never
}[WorkerName]
/** Seconds between the runs of a worker, where they are not to be those of the contract. */
export type WorkerPeriods = { [Name in ScheduledWorker]?: number }
type Setup = { deps: Dependencies; engine: { removeExpired: () => Promise<unknown> }; periods: WorkerPeriods }

const hourSeconds = 60 * 60
/** Nobody pays for a tick here, and somebody may be waiting. */
const shorterPeriods: WorkerPeriods = { replay: 5, 'roll-up': 5 }

/** Every worker that a clock starts, and what DynamoDB does by itself: deleting what has expired. */
export function createTasks({ deps, engine, periods }: Setup): ScheduledTask[] {
  const runs: { [Name in ScheduledWorker]: () => Promise<void> } = {
    sweep: () => sweepDue(deps),
    offer: () => offerDue(deps),
    replay: () => continueReplays(deps),
    erase: () => continueErasures(deps),
    retain: () => eraseExpiredLeads(deps),
    reconcile: () => reconcileDays(deps),
    'roll-up': withDutyCycle(() => rollUpDays({ ...deps, log: skipFinished(deps.log) }), deps.now),
  }
  const createTask = (name: ScheduledWorker): ScheduledTask => ({
    everySeconds: periods[name] ?? shorterPeriods[name] ?? getPeriodSeconds(workers[name]),
    run: runs[name],
  })
  return [
    createTask('sweep'),
    createTask('offer'),
    createTask('replay'),
    createTask('erase'),
    createTask('retain'),
    createTask('reconcile'),
    createTask('roll-up'),
    {
      everySeconds: hourSeconds,
      async run() {
        await engine.removeExpired()
      },
    },
  ]
}

/** Days are counted every few seconds here: that one has been is no news. */
function skipFinished(log: Log): Log {
  return (event, fields) => {
    if (!('state' in fields) || fields.state !== 'finished') log(event, fields)
  }
}

/** A clock here ticks as often as it likes; one on AWS makes several turns of its worker within a minute. */
function getPeriodSeconds({ trigger }: { trigger: { everySeconds: number; againAfterSeconds?: number } }): number {
  return trigger.againAfterSeconds ?? trigger.everySeconds
}
