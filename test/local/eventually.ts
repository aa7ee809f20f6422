import { setTimeout as pause } from 'node:timers/promises'

/** Looks again and again until there is something to see, and gives up after a while. */
export async function eventually<Seen>(look: () => Sight<Seen> | Promise<Sight<Seen>>, withinMs = 15_000) {
  const until = performance.now() + withinMs
  for (;;) {
    const seen = await look()
    if (seen !== undefined && seen !== false) return seen
    if (performance.now() > until) throw new Error(`Nothing was seen within ${withinMs} ms.`)
    await pause(20)
  }
}

type Sight<Seen> = Seen | undefined | false
