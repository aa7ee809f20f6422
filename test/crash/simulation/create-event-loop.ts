import { setImmediate as pause } from 'node:timers/promises'
import { Refusal } from '#shared/contract/problems.ts'
import type { workers } from '#shared/platform/workers.ts'
import type { RandomSource } from '../proof/create-random.ts'

export type EventLoop = ReturnType<typeof createEventLoop>
/** A running Lambda or browser. Effects that it starts after its death never happen. */
export type Process = {
  name: string
  /** The error of its clock, in milliseconds. */
  skewMs: number
  state: 'runs' | 'ended' | 'died'
  endedAt: number
  /** The number of effects that it waits for. */
  pendingEffects: number
}
export type ProcessEnding = { how: 'done' } | { how: 'failed'; error: unknown } | { how: 'died' }
/** Probabilities that an effect kills its process (before or after it happens) or is slow, and the largest clock error. */
export type FaultRates = { crash: number; slow: number; skewMs: number }

/** Starts one run of a Lambda. */
export type StartWorker = (
  name: keyof typeof workers,
  detail: string,
  task: (process: Process) => Promise<unknown>,
  onEnd?: (how: ProcessEnding) => void,
) => void

export const startsAt = Date.parse('2026-11-23T15:00:00.000Z')

/**
 * Runs processes in virtual time: `random` decides how long each effect takes and whether it kills its process, so the
 * same seed gives the same steps.
 */
export function createEventLoop(random: RandomSource, faultRates: FaultRates, onStep?: (line: string) => void) {
  const events = createEventQueue<() => void | Promise<void>>()
  let now = startsAt
  let hash = 2166136261
  let steps = 0
  // Processes that run now: they wait for no effect.
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

  /** Returns whether the process is dead or dies now. */
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

  /** Returns the milliseconds that an effect takes: usually under 20, sometimes several seconds. */
  function latency(): number {
    const roll = random()
    if (roll < faultRates.slow) return 200 + random() * 4000
    return roll < 0.9 ? 1 + random() * 20 : 20 + random() * 200
  }

  /** Resolves when `schedule` calls back with a result. The promise of a dead process never resolves. */
  function wait<Result>(
    process: Process,
    what: string,
    schedule: (complete: (result: Promise<Result>) => void) => void,
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
    faultRates,
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

    /** Performs an effect outside the process after a random latency. */
    effect<Result>(process: Process, what: string, act: () => Promise<Result>): Promise<Result> {
      return wait(process, what, (complete) =>
        at(now + latency(), async () => {
          if (isKilled(process)) return crashes.get(process)?.()
          const outcome = act()
          await outcome.catch(() => {})
          complete(outcome)
        }),
      )
    },

    /** Runs until no event is left. */
    async run() {
      for (;;) {
        // Usually a few microtasks are enough, but a dynamic import needs macrotasks.
        for (let turn = 0; runningProcesses > 0; turn++) await (turn < 60 ? undefined : pause())
        const next = events.takeNext()
        if (!next) return
        now = next.time
        await next.what()
      }
    },
  }
}

/** A refusal and an outage are expected; any other error is a fault of the product. */
export function rethrowUnexpected(ending: ProcessEnding): void {
  if (ending.how !== 'failed' || ending.error instanceof Refusal || isOutage(ending.error)) return
  throw ending.error
}

function isOutage(error: unknown): boolean {
  return error instanceof Error && /ThrottlingException|response was lost/.test(error.message)
}

/** A heap of events: the earliest comes first, and of two at the same time the one that was added first. */
function createEventQueue<What>() {
  type Event = { time: number; order: number; what: What }
  const heap: Event[] = []
  let order = 0
  const comesFirst = (one: Event | undefined, other: Event | undefined) =>
    one !== undefined &&
    other !== undefined &&
    (one.time < other.time || (one.time === other.time && one.order < other.order))

  function swap(one: number, other: number) {
    const [first, second] = [heap[one], heap[other]]
    if (!first || !second) return
    heap[one] = second
    heap[other] = first
  }

  return {
    add(time: number, what: What) {
      heap.push({ time, order: order++, what })
      for (let at = heap.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1
        if (!comesFirst(heap[at], heap[parent])) break
        swap(at, parent)
        at = parent
      }
    },

    takeNext(): Event | undefined {
      const first = heap[0]
      const last = heap.pop()
      if (heap.length === 0 || !last) return first
      heap[0] = last
      for (let at = 0; ; ) {
        let least = at
        for (const child of [2 * at + 1, 2 * at + 2]) if (comesFirst(heap[child], heap[least])) least = child
        if (least === at) return first
        swap(at, least)
        at = least
      }
    },
  }
}
