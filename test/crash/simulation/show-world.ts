import { judge } from './oracle.ts'
import { settledTown } from './settled-town.ts'
import { runWorld } from './world.ts'

/** Runs one world again and tells each of its steps, by ids alone. */
export async function showWorld(seed: number, tell: (line: string) => void) {
  const world = await runWorld(await settledTown(), { seed, leads: 200, watch: tell })
  return judge(world)
}
