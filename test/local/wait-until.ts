import { setTimeout as pause } from 'node:timers/promises'

/** Polls until the condition holds. The limit only ends what hangs. @throws Error after it */
export async function waitUntil<Result>(
  read: () => PollResult<Result> | Promise<PollResult<Result>>,
  withinMs = 200_000,
) {
  const until = performance.now() + withinMs
  for (;;) {
    const result = await read()
    if (result !== undefined && result !== false) return result
    if (performance.now() > until) throw new Error(`Nothing was seen within ${withinMs} ms.`)
    await pause(20)
  }
}

type PollResult<Result> = Result | undefined | false
