import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createMaintenanceRefusal, isWriteMethod } from '#shared/http/maintenance.ts'
import { toProblemResponse } from '#shared/http/to-http-response.ts'
import type { RequestHandler } from '../http/start-http-server.ts'
import type { LocalSystem } from '../open-local-system.ts'
import { StartupError } from '../startup-error.ts'

/** One file in the data folder marks a running migration, another that the host is quiesced. */
const getMarkerFile = (dataDir: string) => join(dataDir, 'moving')
const getQuiescedFile = (dataDir: string) => join(dataDir, 'moving.resting')
const pollIntervalMs = 500
const quiesceTimeoutMs = 60_000

export const isMigrating = (dataDir: string) => existsSync(getMarkerFile(dataDir))

/** Refuses writes during a migration, because the copy would miss them. Reads continue. */
export function refuseWritesDuringMigration(dataDir: string, handleRequest: RequestHandler): RequestHandler {
  return async (request) => {
    if (!isWriteMethod(request.method) || !isMigrating(dataDir)) return handleRequest(request)
    return toProblemResponse(
      createMaintenanceRefusal('This host is being migrated. Send the same request again in a minute.'),
    )
  }
}

type WorkOptions = {
  system: Pick<LocalSystem, 'startWork' | 'hold'>
  /** Runs while the folder is held. Returns a function that ends it. */
  watchHold: () => () => Promise<void>
}

/** Runs queue and scheduled tasks except during a migration, and while the folder is held. */
export function workWhenAllowed(dataDir: string, { system, watchHold }: WorkOptions): () => Promise<void> {
  let stopWatch: (() => Promise<void>) | undefined
  let stopWork: (() => Promise<void>) | undefined
  const checkMarker = async () => {
    if (!isMigrating(dataDir)) {
      rmSync(getQuiescedFile(dataDir), { force: true })
      if (await system.hold.check()) {
        stopWatch ??= watchHold()
        return
      }
      await stopWatch?.()
      stopWatch = undefined
      stopWork ??= system.startWork()
    } else if (!existsSync(getQuiescedFile(dataDir))) {
      await stopWork?.()
      stopWork = undefined
      writeFileSync(getQuiescedFile(dataDir), '')
    }
  }
  let pendingCheck = checkMarker()
  const timer = setInterval(() => {
    pendingCheck = pendingCheck.then(checkMarker)
  }, pollIntervalMs)
  return async () => {
    clearInterval(timer)
    await pendingCheck
    await stopWatch?.()
    await stopWork?.()
    rmSync(getQuiescedFile(dataDir), { force: true })
  }
}

/** Requests the host to quiesce and waits for it. @throws StartupError if it does not in time. */
export async function quiesce(dataDir: string, isRunning: boolean): Promise<void> {
  writeFileSync(getMarkerFile(dataDir), '')
  const startedAt = performance.now()
  while (isRunning && !existsSync(getQuiescedFile(dataDir))) {
    if (performance.now() - startedAt > quiesceTimeoutMs)
      throw new StartupError(`The host on ${dataDir} is still busy. Stop it, then run the move again.`)
    await sleep(pollIntervalMs)
  }
}

/** Cancels the migration: the host accepts writes again. */
export function cancelMigration(dataDir: string): void {
  rmSync(getMarkerFile(dataDir), { force: true })
}
