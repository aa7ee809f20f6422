import { capture } from '#functions/capture/capture.ts'
import { catalog } from '#functions/catalog/catalog.ts'
import { operatorApi } from '#functions/operator/operator-api.ts'
import { publisherApi } from '#functions/publisher/publisher-api.ts'
import { schoolApi } from '#functions/school/school-api.ts'
import { deliverLead } from '#functions/worker/deliver/deliver-lead.ts'
import {
  type AttemptTimes,
  attemptTimes as defaultAttemptTimes,
  findAttemptTimesFault,
} from '#shared/domain/delivery/attempt-times.ts'
import type { HttpHandler } from '#shared/http/api.ts'
import { createMaintenanceRefusal } from '#shared/http/maintenance.ts'
import { toProblemResponse } from '#shared/http/to-http-response.ts'
import type { CertificateVendors } from '#shared/outbound/certificates/retain-certificate.ts'
import type { SendMail } from '#shared/outbound/email/mail.ts'
import { noEarlyQueue } from '#shared/outbound/queue.ts'
import type { VerifyTurnstile } from '#shared/outbound/turnstile.ts'
import type { SsrfGuardSettings } from '#shared/outbound/webhook/ssrf-guard.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Log } from '#shared/platform/log.ts'
import type { RateLimitSettings } from '#shared/platform/rate-limits.ts'
import { refuseWrites } from '#shared/store/engine/refuse-writes.ts'
import { createSqliteEngine, type SqliteEngine, type SqliteSettings } from '#shared/store/engine/sqlite/sqlite.ts'
import type { Table } from '#shared/store/keys.ts'
import { createLocalDependencies } from './create-local-dependencies.ts'
import { removeUpgradeBackups } from './data/back-up-before-upgrade.ts'
import type { FolderMode } from './data/folder-identity.ts'
import { describeHold } from './data/hold.ts'
import { openFolder } from './data/open-folder.ts'
import { createGateway } from './http/create-gateway.ts'
import { createResponseCache } from './http/create-response-cache.ts'
import { type RequestHandler, startHttpServer } from './http/start-http-server.ts'
import type { SignInOptions } from './parse-sign-in-options.ts'
import { StartupError } from './startup-error.ts'
import { createClockWatch } from './workers/create-clock-watch.ts'
import { createKeptConnections } from './workers/create-kept-connections.ts'
import { createLocalQueue } from './workers/create-local-queue.ts'
import { createTasks, type WorkerPeriods } from './workers/create-tasks.ts'
import { type ScheduledTask, startScheduledTasks } from './workers/start-scheduled-tasks.ts'
import { startDeliveryThread } from './workers/thread/start-delivery-thread.ts'

export type LocalSystemSettings = SignInOptions & {
  port: number
  /** 127.0.0.1 unless set. */
  listenAddress?: string | undefined
  dataDir?: string
  now?: () => Date
  log?: Log
  periods?: WorkerPeriods
  attemptTimes?: AttemptTimes
  /** After how many days people are forgotten; absent: never. */
  retentionDays?: number | undefined
  /** Replaces SQLite in tests. */
  createEngine?: (settings: SqliteSettings<Table>) => SqliteEngine<Table>
  /** Webhooks are sent by a thread of their own. Only with a data folder, and with the engine that is not replaced. */
  deliveryThread?: boolean
  /** `off`: new deliveries are not queued at once; only the sweeper queues them. */
  earlyQueue?: 'on' | 'off'
}
type LocalSystemOptions = {
  mode: FolderMode
  /** Run with the scheduled tasks of the workers. */
  createExtraTasks?: (deps: Dependencies) => readonly ScheduledTask[]
  listAttention?: Dependencies['listAttention']
  /** Encrypts the root secret in the data folder. */
  secretsKey?: string | undefined
  /** How long a shutdown waits for running work. */
  shutdownTimeoutMs: number
  ssrfGuardSettings: SsrfGuardSettings
  rateLimits: RateLimitSettings
  mail: SendMail
  findMailFault?: Dependencies['findMailFault']
  /** Ends what is still being sent when a shutdown has waited for so long. */
  abortSends?: () => void
  publicUrl?: string | undefined
  askTurnstile: VerifyTurnstile
  certificateVendors: CertificateVendors
}
export type LocalSystem = Awaited<ReturnType<typeof openLocalSystem>>

/**
 * API, workers, queue and schedules over one database, in this process. `serve` starts the API, `startWork` the
 * workers. Deliveries that an earlier process left unfinished become due again. @throws StartupError if the folder
 * cannot be opened, is damaged or of another host or mode, or if a lease could end while its attempt is still running.
 */
export async function openLocalSystem(
  settings: LocalSystemSettings,
  {
    mode,
    secretsKey,
    createExtraTasks = () => [],
    shutdownTimeoutMs,
    abortSends,
    mail,
    ...options
  }: LocalSystemOptions,
) {
  const { dataDir, now = () => new Date(), log = () => {}, periods = {}, attemptTimes = defaultAttemptTimes } = settings
  const { createEngine = createSqliteEngine, earlyQueue = 'on', retentionDays, deliveryThread = false } = settings
  const fault = findAttemptTimesFault(attemptTimes)
  if (fault !== undefined) throw new StartupError(fault)
  await using resources = new AsyncDisposableStack()
  const writeTurns =
    deliveryThread && dataDir !== undefined ? new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT) : undefined
  const folder = await openFolder({ dataDir, mode, secretsKey, createEngine, now, log, writeTurns })
  const { database, secrets, hold, isInPlace } = folder
  const isHeld = () => hold.find() !== undefined
  const heldDetail = describeHold(hold.find() ?? { asOf: '' })
  const engine = { ...folder.engine, ...refuseWrites(folder.engine, { isOn: isHeld, reason: heldDetail }) }
  resources.defer(folder.release)

  const folderTasks =
    dataDir === undefined ? [] : [{ everySeconds: hourSeconds, run: async () => removeUpgradeBackups(dataDir, now()) }]

  let isWorking = false
  const logWhenWorking: Log = (event, fields) => {
    if (isWorking) log(event, fields)
  }
  const createFaultReporter = (route: string) => (error: unknown) => {
    const errorText = error instanceof Error ? (error.stack ?? error.message) : String(error)
    const incidentId = deps.newId('incident')
    log('request.faulted', { route, incidentId, error: errorText })
    return incidentId
  }
  const connections = createKeptConnections()
  resources.defer(connections.close)
  const { root } = secrets
  let queue = createLocalQueue({
    deliver: (pointer, admit) => deliverLead(pointer, deps, admit),
    onError: createFaultReporter('deliver'),
  })
  if (writeTurns) {
    const { ssrfGuardSettings } = options
    const thread = await startDeliveryThread({
      settings: { database, root, attemptTimes, ssrfGuardSettings, clockAheadMs: measureClockAhead(now), writeTurns },
      emailQueue: queue,
      log: logWhenWorking,
      onFault: createFaultReporter('deliver'),
    })
    resources.defer(thread.end)
    queue = thread.queue
  }
  const deps = createLocalDependencies({
    engine,
    root,
    queue,
    connections,
    mail,
    attemptTimes,
    retentionDays,
    now,
    log: logWhenWorking,
    isReadOnly: isHeld,
    oidc: settings.oidc,
    secondFactorPolicy: settings.secondFactorPolicy,
    ...options,
  })
  const apiDependencies = earlyQueue === 'on' ? deps : { ...deps, earlyQueue: noEarlyQueue }
  const functions = {
    catalog: catalog(apiDependencies),
    capture: capture(apiDependencies),
    // The contact details that they may read are those of the time of the backup.
    school: closeWhile(isHeld, heldDetail, schoolApi(apiDependencies)),
    publisher: closeWhile(isHeld, heldDetail, publisherApi(apiDependencies)),
    operator: operatorApi(apiDependencies),
  }
  const handleRequest = createGateway({
    functions,
    cache: createResponseCache({ now }),
    now,
    reportFault: createFaultReporter('gateway'),
  })

  const disposables = resources.move()
  return {
    deps,
    handleRequest,
    secrets,
    hold,
    isInPlace,
    createFaultReporter,
    writeTogether: engine.writeTogether,
    /** Starts to listen, and returns the base URL. If it cannot, the system is closed. @throws StartupError */
    async serve(decorate: (handleRequest: RequestHandler) => RequestHandler): Promise<string> {
      const server = await startHttpServer(
        settings.port,
        decorate(handleRequest),
        createFaultReporter('host'),
        settings.listenAddress,
      ).catch(async (error: unknown) => {
        // The thread of the deliveries would keep the process alive.
        await disposables.disposeAsync()
        throw error
      })
      disposables.defer(() => server.close(1000))
      return `http://127.0.0.1:${server.port}`
    },
    /** Starts queue and scheduled tasks. Returns a function that stops them and waits for running work. */
    startWork(): () => Promise<void> {
      isWorking = true
      queue.open()
      const clock = createClockWatch({ engine, deps, lastWriteMs: folder.lastWriteMs })
      const tasks = [...createTasks({ deps, engine, periods, clock }), clock, ...folderTasks, ...createExtraTasks(deps)]
      const scheduledTasks = startScheduledTasks(tasks, createFaultReporter('clock'))
      let stopped: Promise<void> | undefined
      const stopWork = async () => {
        const work = Promise.all([scheduledTasks.stop(), queue.close()])
        if ((await isDoneWithin(shutdownTimeoutMs, work)) || !abortSends) return
        abortSends()
        await isDoneWithin(abortTimeoutMs, work)
      }
      const stopWorkOnce = () => {
        stopped ??= stopWork()
        return stopped
      }
      disposables.defer(stopWorkOnce)
      return stopWorkOnce
    },
    close: () => disposables.disposeAsync(),
  }
}

function closeWhile(isClosed: () => boolean, detail: string, handle: HttpHandler): HttpHandler {
  return async (event, context) =>
    isClosed() ? toProblemResponse(createMaintenanceRefusal(detail)) : handle(event, context)
}

const hourSeconds = 60 * 60
/** How long a shutdown waits for sends that it has ended, so that their outcome is recorded. */
const abortTimeoutMs = 3000

/** To the millisecond, so that nothing is due for the main thread and not for the other. */
function measureClockAhead(now: () => Date): number {
  for (;;) {
    const machineMs = Date.now()
    const aheadMs = now().getTime() - machineMs
    if (Date.now() === machineMs) return aheadMs
  }
}

async function isDoneWithin(timeoutMs: number, work: Promise<unknown>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(resolve, timeoutMs, false)
  const isDone = await Promise.race([work.then(() => true), promise])
  clearTimeout(timer)
  return isDone
}
