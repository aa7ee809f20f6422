/** Something that happens again and again, and can be waited for. */
export function news() {
  const waiting = new Set<{ holds: () => boolean; resolve: () => void }>()
  let count = 0
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      if (holds()) resolve()
      else waiting.add({ holds, resolve })
    })
  return {
    count: () => count,
    tell() {
      count += 1
      for (const one of waiting)
        if (one.holds()) {
          waiting.delete(one)
          one.resolve()
        }
    },
    /** Looks at each of them whether it holds now. */
    until,
    /** After so many more. */
    more(some: number) {
      const enough = count + some
      return until(() => count >= enough)
    },
  }
}
export type News = ReturnType<typeof news>

/** Whether something came of it before `ms` were over. */
export async function within(ms: number, awaited: Promise<unknown>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<false>()
  const patience = setTimeout(() => resolve(false), ms)
  const came = await Promise.race([awaited.then(() => true), promise])
  clearTimeout(patience)
  return came
}

/** Whether it came to hold. It is given up once nothing has been heard for `quietMs`. */
export async function comesToHold(heard: News, holds: () => boolean, quietMs: number): Promise<boolean> {
  while (!holds()) if (!(await within(quietMs, heard.more(1)))) return holds()
  return true
}
