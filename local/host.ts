import { hkdfSync } from 'node:crypto'
import { capture } from '#functions/capture/capture.ts'
import { catalog } from '#functions/catalog/catalog.ts'
import { operator } from '#functions/operator/operator.ts'
import { school } from '#functions/school/school.ts'
import { noteBounce } from '#functions/worker/bounce/note-bounce.ts'
import { deliverLead } from '#functions/worker/deliver/deliver-lead.ts'
import { type AttemptTimes, faultOfTimes, attemptTimes as usual } from '#shared/domain/attempt-times.ts'
import { noFastPath } from '#shared/outbound/queue.ts'
import { newWebhookSecret } from '#shared/outbound/signature.ts'
import type { Log } from '#shared/runtime/log.ts'
import { type SqliteEngine, type SqliteSettings, sqliteEngine } from '#shared/store/engine/sqlite.ts'
import { type Table, tables } from '#shared/store/keys.ts'
import { answerCache } from './answer-cache.ts'
import { CannotStart } from './cannot-start.ts'
import { startClocks } from './clocks.ts'
import { dataFolder, noFolder } from './data-folder.ts'
import { fakeTurnstile } from './fake-turnstile.ts'
import { gateway } from './gateway.ts'
import { httpServer } from './http-server.ts'
import { inbox } from './inbox.ts'
import { loadSample } from './load-sample.ts'
import { localDependencies } from './local-dependencies.ts'
import { localPages } from './local-pages.ts'
import { localQueue } from './queue.ts'
import { sampleSchool } from './sample-school.ts'
import { staff } from './staff.ts'
import { keepStaffKey } from './staff-key.ts'
import { type Periods, tasks } from './tasks.ts'

export type Settings = {
  port: number
  dataDir?: string
  now?: () => Date
  log?: Log
  periods?: Periods
  attemptTimes?: AttemptTimes
  /** What stands in SQLite's place. */
  engineOf?: (settings: SqliteSettings<Table>) => SqliteEngine<Table>
  /** `off`: what capture would put on the queue is dropped, and the sweeper alone brings leads to schools. */
  fastPath?: 'on' | 'off'
}
export type Host = {
  urls: { api: string; docs: string; inbox: string; school: string }
  keys: { operator: string; source: string }
  /** Finishes what is under way, for 5 seconds at most. */
  close: () => Promise<void>
}

/**
 * The whole system in this process, on this machine alone: ready when this returns. Deliveries that were under way when
 * an earlier one ended come due again by themselves. @throws CannotStart where port or folder cannot be had,
 * or where a lease could end under a living attempt.
 */
export async function startHost({
  port,
  dataDir,
  now = () => new Date(),
  log = () => {},
  periods = {},
  attemptTimes = usual,
  engineOf = sqliteEngine,
  fastPath = 'on',
}: Settings): Promise<Host> {
  const fault = faultOfTimes(attemptTimes)
  if (fault !== undefined) throw new CannotStart(fault)
  await using parts = new AsyncDisposableStack()
  const { database, secrets, release } = dataDir === undefined ? noFolder() : dataFolder(dataDir)
  parts.defer(release)
  const engine = engineOf({ path: database, shapes: tables, now })
  parts.defer(() => engine.close())

  let ready = false
  const logWhenReady: Log = (event, fields) => {
    if (ready) log(event, fields)
  }
  const failed = (route: string) => (error: unknown) => {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
    const incidentId = needs.newId('incident')
    log('request.faulted', { route, incidentId, error: told })
    return incidentId
  }
  const queue = localQueue({ deliver: (pointer) => deliverLead(pointer, needs), failed: failed('deliver') })
  const mailbox = inbox(now, (mail) => void noteBounce(mail, needs).catch(failed('bounce')))
  const needs = localDependencies({
    engine,
    root: secrets.root,
    deliveryQueue: queue,
    mail: mailbox.mail,
    askTurnstile: fakeTurnstile,
    attemptTimes,
    now,
    log: logWhenReady,
  })
  const cache = answerCache({ now })
  const functions = {
    catalog: catalog(needs),
    capture: capture(fastPath === 'on' ? needs : { ...needs, fastPath: noFastPath }),
    school: school(needs),
    operator: operator(needs),
  }
  const answers = gateway({ functions, cache, now, failed: failed('gateway') })
  const endpointOf = (schoolId: string) => ({
    url: `${api}/school/${schoolId}`,
    secret: newWebhookSecret(
      (size) => new Uint8Array(hkdfSync('sha256', secrets.root, '', `sample-school/${schoolId}`, size)),
    ),
  })
  const server = await httpServer(port, localPages([mailbox, sampleSchool({ endpointOf, now })], answers))
  parts.defer(() => server.close(1000))
  const api = `http://127.0.0.1:${server.port}`
  const urls = { api, docs: `${api}/docs`, inbox: `${api}/inbox`, school: `${api}/school` }

  await keepStaffKey(secrets.operatorKey, needs)
  const source = await loadSample(staff(answers, secrets.operatorKey), { schoolUrl: urls.school, endpointOf })
  ready = true
  const clocks = startClocks(tasks({ needs, engine, periods }), failed('clock'))
  parts.defer(() => atMost(4000, Promise.all([clocks.stop(), queue.close()])))

  const whole = parts.move()
  return { urls, keys: { operator: secrets.operatorKey, source }, close: () => whole.disposeAsync() }
}

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const patience = setTimeout(resolve, ms)
  await Promise.race([work, promise])
  clearTimeout(patience)
}
