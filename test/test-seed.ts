/** Returns and prints the seed of the random tests of a file, another in each run. SEED=... repeats a run. */
export function testSeed(): number {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))
  console.log(`seed ${seed}; SEED=${seed} repeats it`)
  return seed
}
