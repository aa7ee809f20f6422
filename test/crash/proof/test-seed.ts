const seedSetting = process.env.SEED

/** Returns and prints the seed of this run. SEED=... repeats the same kills and faults, at nearly the same times. */
export function testSeed(): number {
  const seed = seedSetting === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(seedSetting)
  console.log(`crash proof with seed ${seed}; SEED=${seed} repeats it`)
  return seed
}
