export type Task = { everySeconds: number; run: () => Promise<void> }

/** Runs each task at once and then at its period; one that takes longer than its period is not started twice. */
export function startClocks(tasks: readonly Task[], failed: (error: unknown) => void): { stop: () => Promise<void> } {
  const clocks = tasks.map((task) => startClock(task, failed))
  return {
    /** Waits for the runs that are under way. */
    stop: async () => {
      await Promise.all(clocks.map(({ stop }) => stop()))
    },
  }
}

function startClock({ everySeconds, run }: Task, failed: (error: unknown) => void) {
  let running: Promise<void> | undefined
  const tick = () => {
    running ??= run()
      .catch(failed)
      .finally(() => {
        running = undefined
      })
  }
  tick()
  const timer = setInterval(tick, everySeconds * 1000)
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
