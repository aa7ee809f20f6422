/** Work takes at most one part in this many of the time: 5 %. */
const dutyCycleDivisor = 20

/** Skips runs so that the work takes at most 5 % of the time: the longer a run took, the longer the pause. A clock that is set changes nothing. */
export function withDutyCycle(run: () => Promise<void>, steadyMs = () => performance.now()): () => Promise<void> {
  let pausedUntil = Number.NEGATIVE_INFINITY
  return async () => {
    const startedAt = steadyMs()
    if (startedAt < pausedUntil) return
    await run()
    const endedAt = steadyMs()
    pausedUntil = endedAt + (endedAt - startedAt) * (dutyCycleDivisor - 1)
  }
}
