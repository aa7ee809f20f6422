export type Dice = { (): number; below: (limit: number) => number; oneOf: <One>(some: readonly [One, ...One[]]) => One }

/** Numbers in [0, 1), the same for the same seed (mulberry32, public domain). */
export function dice(seed: number): Dice {
  let state = seed >>> 0
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(roll() * limit)
  return Object.assign(roll, {
    below,
    oneOf: <One>(some: readonly [One, ...One[]]) => some[below(some.length)] ?? some[0],
  })
}
