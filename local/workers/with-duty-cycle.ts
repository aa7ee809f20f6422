/** Work takes at most one part in this many of the time: 5 %. */
const dutyCycleDivisor = 20

/** Skips runs so that the work takes at most 5 % of the time: the longer a run took, the longer the pause. */
export function withDutyCycle(run: () => Promise<void>, now: () => Date): () => Promise<void> {
  let pausedUntil = Number.NEGATIVE_INFINITY
  return async () => {
    const startedAt = now().getTime()
    if (startedAt < pausedUntil) return
    await run()
    const endedAt = now().getTime()
    pausedUntil = endedAt + (endedAt - startedAt) * (dutyCycleDivisor - 1)
  }
}
