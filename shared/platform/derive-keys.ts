import { hkdfSync } from 'node:crypto'
import { createDigests } from './digests.ts'
import { createSealer } from './sealer.ts'
import { createTokens } from './tokens.ts'

/** Derives one key for each use from the root secret (HKDF, RFC 5869). */
export function deriveKeys(root: string) {
  const deriveKey = (use: string) => new Uint8Array(hkdfSync('sha256', root, '', `prospectus/${use}`, 32))
  return {
    digests: createDigests(deriveKey('pepper')),
    tokens: createTokens(deriveKey('token')),
    sealer: createSealer(deriveKey('envelope')),
    /** Has a key of its own, so that what reads secrets of endpoints cannot read proofs of consent. */
    proofSealer: createSealer(deriveKey('consent-proof')),
  }
}
