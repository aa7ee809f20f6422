import { checkWorld } from './check-world.ts'
import { prepareSystem } from './prepare-system.ts'
import { runWorld } from './run-world.ts'

/** Runs one world again and tells each of its steps, by ids alone. */
export async function showWorld({ seed, leads }: { seed: number; leads: number }, printLine: (line: string) => void) {
  const world = await runWorld(await prepareSystem(), { seed, leads, onStep: printLine })
  return checkWorld(world)
}
