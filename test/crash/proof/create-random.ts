export type RandomSource = {
  (): number
  below: (limit: number) => number
  oneOf: <One>(choices: readonly [One, ...One[]]) => One
}

/** Numbers in [0, 1), the same for the same seed (mulberry32, public domain). */
export function createRandom(seed: number): RandomSource {
  let state = seed >>> 0
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let hash = Math.imul(state ^ (state >>> 15), state | 1)
    hash ^= hash + Math.imul(hash ^ (hash >>> 7), hash | 61)
    return ((hash ^ (hash >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(roll() * limit)
  return Object.assign(roll, {
    below,
    oneOf: <One>(choices: readonly [One, ...One[]]) => choices[below(choices.length)] ?? choices[0],
  })
}
