import { retainCertificates } from '#functions/worker/certify/retain-certificates.ts'
import { approveDueReturns } from '#functions/worker/credit/approve-due-returns.ts'
import { closeStatements } from '#functions/worker/credit/close-statements.ts'
import { watchCredit } from '#functions/worker/credit/watch-credit.ts'
import { continueErasures } from '#functions/worker/erase/continue-erasures.ts'
import { sendFiles } from '#functions/worker/file/send-files.ts'
import { fetchLeads } from '#functions/worker/inbound/fetch-leads.ts'
import { sendNotifications } from '#functions/worker/notify/send-notifications.ts'
import { watchConditions } from '#functions/worker/notify/watch-conditions.ts'
import { offerDue } from '#functions/worker/offer/offer-due.ts'
import { sendPostbacks } from '#functions/worker/postback/send-postbacks.ts'
import { finishPublishing } from '#functions/worker/publish/finish-publishing.ts'
import { reconcileDays } from '#functions/worker/reconcile/reconcile-days.ts'
import { continueReplays } from '#functions/worker/replay/continue-replays.ts'
import { eraseExpiredLeads } from '#functions/worker/retain/erase-expired-leads.ts'
import { rollUpDays } from '#functions/worker/roll-up/roll-up-days.ts'
import { sealEntries } from '#functions/worker/seal/seal-entries.ts'
import { sweepDue } from '#functions/worker/sweep/sweep-due.ts'
import { verifyRecentDays } from '#functions/worker/verify-audit/verify-recent-days.ts'
import { sendVisitorMessages } from '#functions/worker/visitor-mail/send-visitor-messages.ts'
import { continueWithdrawals } from '#functions/worker/withdraw/continue-withdrawals.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Log } from '#shared/platform/log.ts'
import { type ScheduledWorkerName, workers } from '#shared/platform/workers.ts'
import type { ClockWatch } from './create-clock-watch.ts'
import type { ScheduledTask } from './start-scheduled-tasks.ts'
import { withDutyCycle } from './with-duty-cycle.ts'

/** Seconds between the runs of a worker, for tests that need other periods than the table of workers. */
export type WorkerPeriods = { [Name in ScheduledWorkerName]?: number }
type WorkerRuns = { [Name in ScheduledWorkerName]: () => Promise<void> }
type Setup = {
  deps: Dependencies
  engine: { removeExpired: () => Promise<unknown> }
  periods: WorkerPeriods
  clock: Pick<ClockWatch, 'isInDoubt'>
}

const hourSeconds = 60 * 60

/** A task for every scheduled worker, and one that deletes expired rows, which DynamoDB does by itself. */
export function createTasks({ deps, engine, periods, clock }: Setup): ScheduledTask[] {
  const runs: WorkerRuns = {
    sweep: () => sweepDue(deps),
    file: () => sendFiles(deps),
    publish: () => finishPublishing(deps),
    seal: () => sealEntries(deps),
    'verify-audit': () => verifyRecentDays(deps),
    offer: () => offerDue(deps),
    replay: () => continueReplays(deps),
    erase: () => continueErasures(deps),
    withdraw: () => continueWithdrawals(deps),
    'visitor-mail': () => sendVisitorMessages(deps),
    certify: () => retainCertificates(deps),
    postback: () => sendPostbacks(deps),
    inbound: () => fetchLeads(deps),
    notify: async () => {
      await watchConditions(deps)
      await sendNotifications(deps)
    },
    async retain() {
      if (!clock.isInDoubt()) await eraseExpiredLeads(deps)
    },
    credit: async () => {
      await approveDueReturns(deps)
      await watchCredit(deps)
      if (!clock.isInDoubt()) await closeStatements(deps)
    },
    reconcile: () => reconcileDays(deps),
    'roll-up': withDutyCycle(() => rollUpDays({ ...deps, log: skipFinished(deps.log) })),
  }
  const removeExpired = async () => {
    if (!clock.isInDoubt()) await engine.removeExpired()
  }
  return [
    ...listScheduledWorkers(runs).map(([name, run]) => ({
      everySeconds: periods[name] ?? getPeriodSeconds(name),
      run,
    })),
    { everySeconds: hourSeconds, run: removeExpired },
  ]
}

function listScheduledWorkers(runs: WorkerRuns): [name: ScheduledWorkerName, run: () => Promise<void>][] {
  return Object.entries(runs) as [ScheduledWorkerName, () => Promise<void>][]
}

/** Without the news that a day was counted, because every day is recounted every few seconds here. */
function skipFinished(log: Log): Log {
  return (event, fields) => {
    if (!('state' in fields) || fields.state !== 'finished') log(event, fields)
  }
}

function getPeriodSeconds(name: ScheduledWorkerName): number {
  const { trigger, ...definition } = workers[name]
  return 'localEverySeconds' in definition ? definition.localEverySeconds : trigger.everySeconds
}
