import { hkdfSync } from 'node:crypto'
import { digests } from './digests.ts'
import { sealer } from './sealer.ts'
import { tokens } from './tokens.ts'

/** Everything that needs a secret of the house, from the one secret that there is: a key for each use (HKDF, RFC 5869). */
export function houseKeys(root: string) {
  const keyFor = (use: string) => new Uint8Array(hkdfSync('sha256', root, '', `prospectus/${use}`, 32))
  return { digests: digests(keyFor('pepper')), tokens: tokens(keyFor('token')), sealer: sealer(keyFor('envelope')) }
}
