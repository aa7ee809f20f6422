import { createHash } from 'node:crypto'
import { prefixes } from '../ids.ts'
import { normalizeFilter, type ReplayFilter } from './replay.ts'

/** The same for the same filter, so that two who ask for it at once ask for one replay. */
export function createReplayId(filter: ReplayFilter): string {
  const digest = createHash('sha256').update(JSON.stringify(normalizeFilter(filter)))
  return `${prefixes.replay}${digest.digest('base64url').slice(0, 22)}`
}
