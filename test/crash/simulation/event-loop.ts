import { setImmediate as pause } from 'node:timers/promises'
import type { Dice } from '../proof/dice.ts'
import { eventQueue } from './event-queue.ts'

export type EventLoop = ReturnType<typeof eventLoop>
/** A Lambda that runs, or a browser. What it does when it has died is never done. */
export type Process = {
  name: string
  /** Milliseconds by which its clock is wrong. */
  skew: number
  state: 'runs' | 'ended' | 'died'
  endedAt: number
  /** How many effects it waits for. */
  waits: number
}
export type Ending = { how: 'done' } | { how: 'failed'; error: unknown } | { how: 'died' }
/** How likely each effect is to be the last one of its process, before or after it is done. */
export type Weather = { crash: number; slow: number; skewMs: number }

export const startsAt = Date.parse('2026-11-23T15:00:00.000Z')

/**
 * One world in which only what `dice` says happens: each effect waits for its turn in virtual time, and may be the last
 * one of its process. The same dice give the same steps.
 */
export function eventLoop(dice: Dice, weather: Weather, watch?: (line: string) => void) {
  const events = eventQueue<() => void | Promise<void>>()
  let now = startsAt
  let hash = 2166136261
  let steps = 0
  // Processes that have got what they waited for, and have not said yet what they do next.
  let busy = 0

  function mark(who: string, what: string, which = '') {
    steps += 1
    for (const part of [now - startsAt, who.length, what.length]) hash = Math.imul(hash ^ part, 16777619)
    watch?.(`${((now - startsAt) / 1000).toFixed(3)} ${who} ${what} ${which}`)
  }

  const at = (time: number, run: () => void | Promise<void>) => events.put(Math.max(time, now), run)

  function settle(process: Process, state: 'ended' | 'died') {
    if (process.state !== 'runs') return false
    if (process.waits === 0) busy -= 1
    process.state = state
    process.endedAt = now
    return true
  }

  /** Whether it dies now. */
  function dies(process: Process): boolean {
    return process.state !== 'runs' || (weather.crash > 0 && dice() < weather.crash)
  }

  function begin(
    name: string,
    story: (process: Process) => Promise<unknown>,
    { livesMs, ended }: { livesMs: number; ended: (ending: Ending) => void },
  ) {
    const process: Process = {
      name,
      skew: (dice() * 2 - 1) * weather.skewMs,
      state: 'runs',
      endedAt: Number.POSITIVE_INFINITY,
      waits: 0,
    }
    busy += 1
    const end = (ending: Ending) => {
      if (!settle(process, ending.how === 'died' ? 'died' : 'ended')) return
      mark(name, ending.how, 'error' in ending ? String(ending.error).slice(0, 120) : '')
      ended(ending)
    }
    story(process).then(
      () => end({ how: 'done' }),
      (error: unknown) => end({ how: 'failed', error }),
    )
    at(now + livesMs, () => end({ how: 'died' }))
    crashes.set(process, () => end({ how: 'died' }))
  }
  const crashes = new WeakMap<Process, () => void>()

  /** Milliseconds that something takes: mostly few, sometimes a second or more. */
  function latency(): number {
    const roll = dice()
    if (roll < weather.slow) return 200 + dice() * 4000
    return roll < 0.9 ? 1 + dice() * 20 : 20 + dice() * 200
  }

  /** Waits for what `arrange` brings about, which calls back when it is there. A process that is dead gets no answer. */
  function wait<Result>(
    process: Process,
    what: string,
    arrange: (answer: (result: Promise<Result>) => void) => void,
  ): Promise<Result> {
    if (process.state !== 'runs') return new Promise(() => {})
    if (process.waits === 0) busy -= 1
    process.waits += 1
    return new Promise((resolve) => {
      arrange((result) => {
        if (process.state !== 'runs') return
        mark(process.name, what)
        if (dies(process)) return crashes.get(process)?.()
        process.waits -= 1
        if (process.waits === 0) busy += 1
        resolve(result)
      })
    })
  }

  return {
    weather,
    at,
    begin,
    wait,
    latency,
    mark,
    dies: (process: Process) => {
      const isDead = dies(process)
      if (isDead) crashes.get(process)?.()
      return isDead
    },
    now: () => now,
    trace: () => ({ hash: hash >>> 0, steps }),

    /** Does something in the world outside, a while after it was asked for. */
    effect<Result>(process: Process, what: string, act: () => Promise<Result>): Promise<Result> {
      return wait(process, what, (answer) =>
        at(now + latency(), async () => {
          if (dies(process)) return crashes.get(process)?.()
          const done = act()
          await done.catch(() => {})
          answer(done)
        }),
      )
    },

    /** Goes on until nothing is left to happen. */
    async run() {
      for (;;) {
        // Mostly a few turns of promises are enough; an import takes longer.
        for (let turn = 0; busy > 0; turn++) await (turn < 60 ? undefined : pause())
        const next = events.take()
        if (!next) return
        now = next.time
        await next.what()
      }
    },
  }
}
