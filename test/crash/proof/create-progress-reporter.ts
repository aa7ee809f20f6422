/** Says on stderr how far long work is: at most every so many milliseconds. @param now milliseconds */
export function createProgressReporter(
  label: string,
  total: number,
  { now, write, everyMs = 60_000 }: ProgressOptions,
): (completed: number) => void {
  const startedAtMs = now()
  let lastReportAtMs = startedAtMs
  return (completed) => {
    const nowMs = now()
    if (nowMs - lastReportAtMs < everyMs && completed < total) return
    lastReportAtMs = nowMs
    const perSecond = completed / ((nowMs - startedAtMs) / 1000)
    const secondsLeft = Math.round((total - completed) / perSecond)
    write(
      `  ${completed} of ${total} ${label}, ${perSecond.toFixed(1)} a second, ${Math.floor(secondsLeft / 60)} min ${secondsLeft % 60} s left`,
    )
  }
}

type ProgressOptions = { now: () => number; write: (line: string) => void; everyMs?: number }
