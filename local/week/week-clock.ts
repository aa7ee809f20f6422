/** The clock of a host: the real time, or an earlier instant while the sample week is played. */
export type WeekClock = {
  now: () => Date
  /** Moves to an instant, in milliseconds since 1970, but never back within the week. */
  moveTo: (ms: number) => void
  /** Runs `work` with a clock that starts at `startsAt`. It shows the real time again when `work` has ended. */
  during: <Result>(startsAt: number, work: () => Promise<Result>) => Promise<Result>
}

export function createWeekClock(realNow: () => Date): WeekClock {
  let weekMs: number | undefined
  return {
    now: () => (weekMs === undefined ? realNow() : new Date(weekMs)),
    moveTo(ms) {
      if (weekMs !== undefined) weekMs = Math.max(weekMs, ms)
    },
    async during(startsAt, work) {
      weekMs = startsAt
      try {
        return await work()
      } finally {
        weekMs = undefined
      }
    },
  }
}
