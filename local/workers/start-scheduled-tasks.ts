export type ScheduledTask = { everySeconds: number; run: () => Promise<void> }

/** Runs each task at once and then at its period; one that takes longer than its period is not started twice. */
export function startScheduledTasks(
  tasks: readonly ScheduledTask[],
  onError: (error: unknown) => void,
): { stop: () => Promise<void> } {
  const startedTasks = tasks.map((task) => startScheduledTask(task, onError))
  return {
    /** Waits for running tasks. */
    stop: async () => {
      await Promise.all(startedTasks.map(({ stop }) => stop()))
    },
  }
}

function startScheduledTask({ everySeconds, run }: ScheduledTask, onError: (error: unknown) => void) {
  let currentRun: Promise<void> | undefined
  const tick = () => {
    currentRun ??= run()
      .catch(onError)
      .finally(() => {
        currentRun = undefined
      })
  }
  tick()
  const timer = setInterval(tick, everySeconds * 1000)
  return {
    async stop() {
      clearInterval(timer)
      await currentRun
    },
  }
}
