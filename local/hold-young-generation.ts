import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

// V8 has two halves of this size, and counts both.
const halfMegabytes = 8
const watchEveryMs = 200

/**
 * Lets V8's young generation grow to 16 MB and no further. `start.mjs` holds it at 2 MB, which is enough to load the program
 * and makes a busy host collect it several times per request; without a limit V8 would take up to 128 MB. V8 takes a limit only
 * when a process starts, so its growth is stopped at the right time here, and begun again after V8 has shrunk it.
 */
export function holdYoungGeneration(): void {
  setInterval(() => setGrowthFactor(measureYoungGeneration() < 2 * halfMegabytes ? 2 : 1), watchEveryMs).unref()
}

/** For threads that start from here on, which V8 gives this size at once. */
export function setYoungGenerationOfThreads(megabytes: number): void {
  setFlagsFromString(`--min-semi-space-size=${megabytes / 2}`)
}

function setGrowthFactor(factor: 1 | 2): void {
  setFlagsFromString(`--semi-space-growth-factor=${factor}`)
}

function measureYoungGeneration(): number {
  const space = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')
  return (space?.space_size ?? 0) / 1024 ** 2
}
