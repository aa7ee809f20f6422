import type { AccessKey } from '../../domain/access/access-key.ts'
import { newAccessKey } from '../../platform/access-keys.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import { sha256 } from '../../platform/digests.ts'

type Needs = Pick<Dependencies, 'keyRing' | 'newId' | 'randomBytes' | 'now'>

/**
 * Makes a secret key and keeps its hash. What is returned as `key` cannot be had again. `once`: the id of a link, for
 * which one key is made and no other.
 */
export async function makeKey(
  wanted: Omit<AccessKey, 'keyId' | 'createdAt'>,
  needs: Needs,
  { once }: { once?: string } = {},
) {
  const key = newAccessKey(wanted.holder.caller === 'operator' ? 'ok' : 'sk', needs.randomBytes)
  const described = { ...wanted, keyId: needs.newId('key'), createdAt: needs.now().toISOString() }
  const outcome = await needs.keyRing.make(described, sha256(key), once)
  return outcome === 'made' ? { ...described, key } : outcome
}
