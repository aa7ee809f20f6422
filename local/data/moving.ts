import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal } from '#shared/contract/problems.ts'
import { refuse } from '#shared/http/answer.ts'
import { CannotStart } from '../cannot-start.ts'
import type { Answers } from '../http/http-server.ts'
import type { Machine } from '../machine.ts'

/** A file in the folder for data says that all of it is being moved; another, that the host has come to rest. */
const markerOf = (dataDir: string) => join(dataDir, 'moving')
const restingOf = (dataDir: string) => join(dataDir, 'moving.resting')
const retryAfterSeconds = 60
const lookEveryMs = 500
const mostPatienceMs = 60_000

export const isMoving = (dataDir: string) => existsSync(markerOf(dataDir))

/** While the data are being moved nothing may be written here: it would not be there. Reading goes on. */
export function movingAnswers(dataDir: string, answers: Answers): Answers {
  return async (received) => {
    const writes = received.method !== 'GET' && received.method !== 'HEAD' && received.method !== 'OPTIONS'
    if (!writes || !isMoving(dataDir)) return answers(received)
    const headers = { 'retry-after': String(retryAfterSeconds) }
    return refuse(
      new Refusal('BUSY', 'This host is being moved. Send the same request again in a minute.', { headers }),
    )
  }
}

/** Lets the machine work, and rest while its data are being moved. */
export function workUnlessMoving(dataDir: string, machine: Pick<Machine, 'work'>): () => Promise<void> {
  let rest: (() => Promise<void>) | undefined
  const look = async () => {
    if (!isMoving(dataDir)) {
      rmSync(restingOf(dataDir), { force: true })
      rest ??= machine.work()
    } else if (!existsSync(restingOf(dataDir))) {
      await rest?.()
      rest = undefined
      writeFileSync(restingOf(dataDir), '')
    }
  }
  let looking = look()
  const timer = setInterval(() => {
    looking = looking.then(look)
  }, lookEveryMs)
  return async () => {
    clearInterval(timer)
    await looking
    await rest?.()
    rmSync(restingOf(dataDir), { force: true })
  }
}

/** Tells the host to rest, and waits until it does. @throws CannotStart where it does not. */
export async function bringToRest(dataDir: string, isRunning: boolean): Promise<void> {
  writeFileSync(markerOf(dataDir), '')
  const began = performance.now()
  while (isRunning && !existsSync(restingOf(dataDir))) {
    if (performance.now() - began > mostPatienceMs)
      throw new CannotStart(`The host on ${dataDir} does not come to rest. Stop it, and move again.`)
    await sleep(lookEveryMs)
  }
}

/** The host writes again, as if nothing had been moved. */
export function stayHere(dataDir: string): void {
  rmSync(markerOf(dataDir), { force: true })
}
