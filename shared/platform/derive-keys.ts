import { hkdfSync } from 'node:crypto'
import { createDigests } from './digests.ts'
import { createSealer } from './sealer.ts'
import { createTokens } from './tokens.ts'

/** Everything that needs a secret of the house, from the one secret that there is: a key for each use (HKDF, RFC 5869). */
export function deriveKeys(root: string) {
  const deriveKey = (use: string) => new Uint8Array(hkdfSync('sha256', root, '', `prospectus/${use}`, 32))
  return {
    digests: createDigests(deriveKey('pepper')),
    tokens: createTokens(deriveKey('token')),
    sealer: createSealer(deriveKey('envelope')),
  }
}
