import type { Engine } from '#shared/store/engine/engine.ts'
import type { shapes } from '../shapes.ts'

export const countsPerWriter = 300
export const countKey = { pk: 'COUNT', sk: 'COUNT' }

/** Adds to one counter in transactions that come in small groups. Returns how many of them met a conflict. */
export async function countTogether(engine: Engine<keyof typeof shapes>): Promise<number> {
  let conflicts = 0
  for (let left = countsPerWriter; left > 0; left -= 3) {
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => engine.transact([{ in: 'things', change: countKey, add: { count: 1 } }])),
    )
    conflicts += outcomes.filter(({ done }) => !done).length
  }
  return conflicts
}
