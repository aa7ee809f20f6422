/** Counts an event, and lets callers wait for it. */
export function createEventCounter() {
  const waiters = new Set<{ isMet: () => boolean; resolve: () => void }>()
  let count = 0
  const waitUntil = (isMet: () => boolean) =>
    new Promise<void>((resolve) => {
      if (isMet()) resolve()
      else waiters.add({ isMet, resolve })
    })
  return {
    count: () => count,
    increment() {
      count += 1
      for (const waiter of waiters)
        if (waiter.isMet()) {
          waiters.delete(waiter)
          waiter.resolve()
        }
    },
    /** Resolves at the first event after which the condition holds. */
    until: waitUntil,
    /** Resolves after this many further events. */
    waitForMore(additional: number) {
      const target = count + additional
      return waitUntil(() => count >= target)
    },
  }
}
export type EventCounter = ReturnType<typeof createEventCounter>

/** Returns whether the work ends within the timeout. */
export async function settlesWithin(timeoutMs: number, work: Promise<unknown>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<false>()
  const timer = setTimeout(() => resolve(false), timeoutMs)
  const isSettled = await Promise.race([work.then(() => true), promise])
  clearTimeout(timer)
  return isSettled
}

/** Returns whether the condition becomes true. Gives up after `quietMs` without an event. */
export async function waitUntilQuiet(events: EventCounter, isMet: () => boolean, quietMs: number): Promise<boolean> {
  while (!isMet()) if (!(await settlesWithin(quietMs, events.waitForMore(1)))) return isMet()
  return true
}
