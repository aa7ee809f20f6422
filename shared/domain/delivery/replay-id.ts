import { createHash } from 'node:crypto'
import { prefixes } from '../ids.ts'
import { normalFilter, type ReplayFilter } from './replay.ts'

/** The same for the same filter, so that two who ask for it at once ask for one replay. */
export function replayIdOf(filter: ReplayFilter): string {
  const digest = createHash('sha256').update(JSON.stringify(normalFilter(filter)))
  return `${prefixes.replay}${digest.digest('base64url').slice(0, 22)}`
}
