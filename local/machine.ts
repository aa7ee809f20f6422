import { capture } from '#functions/capture/capture.ts'
import { catalog } from '#functions/catalog/catalog.ts'
import { operator } from '#functions/operator/operator.ts'
import { school } from '#functions/school/school.ts'
import { deliverLead } from '#functions/worker/deliver/deliver-lead.ts'
import { type AttemptTimes, faultOfTimes, attemptTimes as usual } from '#shared/domain/delivery/attempt-times.ts'
import type { Mail } from '#shared/outbound/email/mail.ts'
import { noFastPath } from '#shared/outbound/queue.ts'
import type { AskTurnstile } from '#shared/outbound/turnstile.ts'
import type { GuardSettings } from '#shared/outbound/webhook/guard.ts'
import type { Log } from '#shared/platform/log.ts'
import { type SqliteEngine, type SqliteSettings, sqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { type Table, tables } from '#shared/store/keys.ts'
import { CannotStart } from './cannot-start.ts'
import { dataFolder, noFolder } from './data/data-folder.ts'
import { answerCache } from './http/answer-cache.ts'
import { gateway } from './http/gateway.ts'
import { type Answers, httpServer } from './http/http-server.ts'
import { localDependencies } from './local-dependencies.ts'
import { startClocks } from './workers/clocks.ts'
import { localQueue } from './workers/queue.ts'
import { type Periods, tasks } from './workers/tasks.ts'

export type Settings = {
  port: number
  dataDir?: string
  now?: () => Date
  log?: Log
  periods?: Periods
  attemptTimes?: AttemptTimes
  /** After how many days people are forgotten; absent: never. */
  retentionDays?: number | undefined
  /** What stands in SQLite's place. */
  engineOf?: (settings: SqliteSettings<Table>) => SqliteEngine<Table>
  /** `off`: what capture would put on the queue is dropped, and the sweeper alone brings leads to schools. */
  fastPath?: 'on' | 'off'
}
type Outfit = {
  /** Milliseconds that what is under way gets to finish. */
  patienceMs: number
  guard: GuardSettings
  /** Requests a minute of one address, and with one key; absent: as many as may come. */
  rates: { perAddress?: number; perKey?: number }
  mail: Mail
  askTurnstile: AskTurnstile
}
export type Machine = Awaited<ReturnType<typeof openMachine>>

/**
 * API, workers, queue and clocks over one database, in this process. It serves from `serve` on, and works from `work`
 * on. What was under way when an earlier one ended comes due again by itself. @throws CannotStart where the folder
 * cannot be had, or where a lease could end under a living attempt.
 */
export async function openMachine(settings: Settings, { patienceMs, mail, ...outfit }: Outfit) {
  const { dataDir, now = () => new Date(), log = () => {}, periods = {}, attemptTimes = usual } = settings
  const { engineOf = sqliteEngine, fastPath = 'on', retentionDays } = settings
  const fault = faultOfTimes(attemptTimes)
  if (fault !== undefined) throw new CannotStart(fault)
  await using parts = new AsyncDisposableStack()
  const { database, secrets, release } = dataDir === undefined ? noFolder() : dataFolder(dataDir)
  parts.defer(release)
  const engine = engineOf({ path: database, shapes: tables, now })
  parts.defer(() => engine.close())

  let working = false
  const logOnceAtWork: Log = (event, fields) => {
    if (working) log(event, fields)
  }
  const failed = (route: string) => (error: unknown) => {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
    const incidentId = needs.newId('incident')
    log('request.faulted', { route, incidentId, error: told })
    return incidentId
  }
  const queue = localQueue({ deliver: (pointer) => deliverLead(pointer, needs), failed: failed('deliver') })
  const { root } = secrets
  const needs = localDependencies({
    engine,
    root,
    queue,
    mail,
    attemptTimes,
    retentionDays,
    now,
    log: logOnceAtWork,
    ...outfit,
  })
  const asked = fastPath === 'on' ? needs : { ...needs, fastPath: noFastPath }
  const functions = {
    catalog: catalog(asked),
    capture: capture(asked),
    school: school(asked),
    operator: operator(asked),
  }
  const answers = gateway({ functions, cache: answerCache({ now }), now, failed: failed('gateway') })

  const whole = parts.move()
  return {
    needs,
    answers,
    secrets,
    failed,
    /** Begins to answer, and says where. */
    async serve(dressed: (answers: Answers) => Answers): Promise<string> {
      const server = await httpServer(settings.port, dressed(answers))
      whole.defer(() => server.close(1000))
      return `http://127.0.0.1:${server.port}`
    },
    /** Begins to deliver. What is given back ends it again, when what is under way is through. */
    work(): () => Promise<void> {
      working = true
      queue.open()
      const clocks = startClocks(tasks({ needs, engine, periods }), failed('clock'))
      const rest = () => atMost(patienceMs, Promise.all([clocks.stop(), queue.close()]))
      whole.defer(rest)
      return rest
    },
    close: () => whole.disposeAsync(),
  }
}

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const patience = setTimeout(resolve, ms)
  await Promise.race([work, promise])
  clearTimeout(patience)
}
