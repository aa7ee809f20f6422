import { setImmediate as pause } from 'node:timers/promises'
import type { RandomSource } from '../proof/create-random.ts'
import { createEventQueue } from './create-event-queue.ts'

export type EventLoop = ReturnType<typeof createEventLoop>
/** A Lambda that runs, or a browser. What it does when it has died is never done. */
export type Process = {
  name: string
  /** Milliseconds by which its clock is wrong. */
  skewMs: number
  state: 'runs' | 'ended' | 'died'
  endedAt: number
  /** How many effects it waits for. */
  pendingEffects: number
}
export type ProcessEnding = { how: 'done' } | { how: 'failed'; error: unknown } | { how: 'died' }
/** How likely each effect is to be the last one of its process, before or after it is done. */
export type FaultRates = { crash: number; slow: number; skewMs: number }

export const startsAt = Date.parse('2026-11-23T15:00:00.000Z')

/**
 * One world in which only what `dice` says happens: each effect waits for its turn in virtual time, and may be the last
 * one of its process. The same dice give the same steps.
 */
export function createEventLoop(random: RandomSource, faultRates: FaultRates, onStep?: (line: string) => void) {
  const events = createEventQueue<() => void | Promise<void>>()
  let now = startsAt
  let hash = 2166136261
  let steps = 0
  // Processes that have got what they waited for, and have not said yet what they do next.
  let runningProcesses = 0

  function mark(who: string, what: string, detail = '') {
    steps += 1
    for (const part of [now - startsAt, who.length, what.length]) hash = Math.imul(hash ^ part, 16777619)
    onStep?.(`${((now - startsAt) / 1000).toFixed(3)} ${who} ${what} ${detail}`)
  }

  const at = (time: number, run: () => void | Promise<void>) => events.add(Math.max(time, now), run)

  function settle(process: Process, state: 'ended' | 'died') {
    if (process.state !== 'runs') return false
    if (process.pendingEffects === 0) runningProcesses -= 1
    process.state = state
    process.endedAt = now
    return true
  }

  /** Whether it dies now. */
  function isKilled(process: Process): boolean {
    return process.state !== 'runs' || (faultRates.crash > 0 && random() < faultRates.crash)
  }

  function startProcess(
    name: string,
    task: (process: Process) => Promise<unknown>,
    { maxLifetimeMs, onEnd }: { maxLifetimeMs: number; onEnd: (ending: ProcessEnding) => void },
  ) {
    const process: Process = {
      name,
      skewMs: (random() * 2 - 1) * faultRates.skewMs,
      state: 'runs',
      endedAt: Number.POSITIVE_INFINITY,
      pendingEffects: 0,
    }
    runningProcesses += 1
    const finish = (ending: ProcessEnding) => {
      if (!settle(process, ending.how === 'died' ? 'died' : 'ended')) return
      mark(name, ending.how, 'error' in ending ? String(ending.error).slice(0, 120) : '')
      onEnd(ending)
    }
    task(process).then(
      () => finish({ how: 'done' }),
      (error: unknown) => finish({ how: 'failed', error }),
    )
    at(now + maxLifetimeMs, () => finish({ how: 'died' }))
    crashes.set(process, () => finish({ how: 'died' }))
  }
  const crashes = new WeakMap<Process, () => void>()

  /** Milliseconds that something takes: mostly few, sometimes a second or more. */
  function latency(): number {
    const roll = random()
    if (roll < faultRates.slow) return 200 + random() * 4000
    return roll < 0.9 ? 1 + random() * 20 : 20 + random() * 200
  }

  /** Waits for what `arrange` brings about, which calls back when it is there. A process that is dead gets no answer. */
  function wait<Result>(
    process: Process,
    what: string,
    schedule: (answer: (result: Promise<Result>) => void) => void,
  ): Promise<Result> {
    if (process.state !== 'runs') return new Promise(() => {})
    if (process.pendingEffects === 0) runningProcesses -= 1
    process.pendingEffects += 1
    return new Promise((resolve) => {
      schedule((result) => {
        if (process.state !== 'runs') return
        mark(process.name, what)
        if (isKilled(process)) return crashes.get(process)?.()
        process.pendingEffects -= 1
        if (process.pendingEffects === 0) runningProcesses += 1
        resolve(result)
      })
    })
  }

  return {
    weather: faultRates,
    at,
    begin: startProcess,
    wait,
    latency,
    mark,
    isKilled: (process: Process) => {
      const isDead = isKilled(process)
      if (isDead) crashes.get(process)?.()
      return isDead
    },
    now: () => now,
    trace: () => ({ hash: hash >>> 0, steps }),

    /** Does something in the world outside, a while after it was asked for. */
    effect<Result>(process: Process, what: string, act: () => Promise<Result>): Promise<Result> {
      return wait(process, what, (answer) =>
        at(now + latency(), async () => {
          if (isKilled(process)) return crashes.get(process)?.()
          const outcome = act()
          await outcome.catch(() => {})
          answer(outcome)
        }),
      )
    },

    /** Goes on until nothing is left to happen. */
    async run() {
      for (;;) {
        // Mostly a few turns of promises are enough; an import takes longer.
        for (let turn = 0; runningProcesses > 0; turn++) await (turn < 60 ? undefined : pause())
        const next = events.takeNext()
        if (!next) return
        now = next.time
        await next.what()
      }
    },
  }
}
