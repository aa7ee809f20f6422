import { createHash } from 'node:crypto'
import { toCanonicalJson } from './canonical-json.ts'

/** What the first link of a chain continues. */
export const genesisHash = '0'.repeat(64)

/** SHA-256 of the canonical JSON of a link with the hash of the link before. */
export function computeChainHash(link: { previousHash: string; [field: string]: unknown }): string {
  return createHash('sha256').update(toCanonicalJson(link)).digest('hex')
}
