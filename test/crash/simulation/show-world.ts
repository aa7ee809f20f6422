import { judge } from './oracle.ts'
import { settledTown } from './settled-town.ts'
import { runWorld } from './world.ts'

/** Runs one world again and tells each of its steps, by ids alone. */
export async function showWorld({ seed, leads }: { seed: number; leads: number }, tell: (line: string) => void) {
  const world = await runWorld(await settledTown(), { seed, leads, watch: tell })
  return judge(world)
}
