type TurnSettings = { maxTurnMs: number; clock?: () => number }

/**
 * Returns a function to call before each read: a promise of a later turn of the event loop once this turn has lasted
 * `maxTurnMs`, and nothing before. SQLite answers at once, so that a long series of reads would otherwise keep requests and
 * timers waiting. Each turn lets in the one that has waited longest, so that no series holds up another.
 */
export function createTurns({ maxTurnMs, clock = () => performance.now() }: TurnSettings) {
  const waiting: (() => void)[] = []
  let turnStartedAt: number | undefined

  function startTurn(): void {
    const next = waiting.shift()
    turnStartedAt = next && clock()
    if (!next) return
    setImmediate(startTurn)
    next()
  }

  return (): Promise<void> | undefined => {
    if (turnStartedAt === undefined) {
      turnStartedAt = clock()
      setImmediate(startTurn)
    }
    if (clock() - turnStartedAt < maxTurnMs) return undefined
    return new Promise((resolve) => waiting.push(resolve))
  }
}
