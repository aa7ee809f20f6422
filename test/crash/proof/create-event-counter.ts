/** Something that happens again and again, and can be waited for. */
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
    /** Looks at each of them whether it holds now. */
    until: waitUntil,
    /** After so many more. */
    waitForMore(additional: number) {
      const target = count + additional
      return waitUntil(() => count >= target)
    },
  }
}
export type EventCounter = ReturnType<typeof createEventCounter>

/** Whether something came of it before `ms` were over. */
export async function settlesWithin(timeoutMs: number, work: Promise<unknown>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<false>()
  const timer = setTimeout(() => resolve(false), timeoutMs)
  const isSettled = await Promise.race([work.then(() => true), promise])
  clearTimeout(timer)
  return isSettled
}

/** Whether it came to hold. It is given up once nothing has been heard for `quietMs`. */
export async function waitUntilQuiet(events: EventCounter, isMet: () => boolean, quietMs: number): Promise<boolean> {
  while (!isMet()) if (!(await settlesWithin(quietMs, events.waitForMore(1)))) return isMet()
  return true
}
