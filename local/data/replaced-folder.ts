import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

/** In a folder whose place a restored one takes, because a host on each of both would send the same deliveries. */
const markFile = 'replaced.json'
const replacement = z.object({ by: z.string(), at: z.iso.datetime() })
export type Replacement = z.output<typeof replacement>

export function markReplaced(folder: string, mark: Replacement): void {
  const file = join(folder, markFile)
  writeFileSync(`${file}.draft`, JSON.stringify(mark), { mode: 0o600 })
  renameSync(`${file}.draft`, file)
}

/** By which folder one was replaced; undefined if it was not. */
export function findReplacement(folder: string): Replacement | undefined {
  const file = join(folder, markFile)
  return existsSync(file) ? replacement.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined
}

export function describeReplacement(folder: string, { by, at }: Replacement): string {
  return `${folder} was replaced by ${by} at ${at}: a host on each would send the same leads. Use that folder, or delete ${join(folder, markFile)} if it was never used.`
}
