/** Of all time, what such work takes at most: one part in so many. */
const dutyCycleDivisor = 20

/** Work that may be done as often as it is cheap: the longer it took, the longer it rests. */
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
