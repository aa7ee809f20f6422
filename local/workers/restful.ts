/** Of all time, what such work takes at most: one part in so many. */
const partOfTime = 20

/** Work that may be done as often as it is cheap: the longer it took, the longer it rests. */
export function restful(run: () => Promise<void>, now: () => Date): () => Promise<void> {
  let restsUntil = Number.NEGATIVE_INFINITY
  return async () => {
    const began = now().getTime()
    if (began < restsUntil) return
    await run()
    const ended = now().getTime()
    restsUntil = ended + (ended - began) * (partOfTime - 1)
  }
}
