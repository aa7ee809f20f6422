const seedSetting = process.env.SEED

/** The seed of this run, which it prints: SEED=... takes the same kills and mishaps again, at moments as alike as can be. */
export function testSeed(): number {
  const seed = seedSetting === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(seedSetting)
  console.log(`crash proof from seed ${seed}; SEED=${seed} goes there again`)
  return seed
}
