import type { AccessKey } from '../../domain/access/access-key.ts'
import { newAccessKey } from '../../platform/access-keys.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import { sha256 } from '../../platform/digests.ts'

type IssueKeyDependencies = Pick<Dependencies, 'keyRing' | 'newId' | 'randomBytes' | 'now'>

/**
 * Creates a secret key and stores its hash. The returned `key` cannot be read again. `linkId`: a portal link, for which
 * at most one key is created.
 */
export async function issueKey(
  keyRequest: Omit<AccessKey, 'keyId' | 'createdAt'>,
  deps: IssueKeyDependencies,
  { linkId }: { linkId?: string } = {},
) {
  const key = newAccessKey(keyRequest.holder.caller === 'operator' ? 'ok' : 'sk', deps.randomBytes)
  const accessKey = { ...keyRequest, keyId: deps.newId('key'), createdAt: deps.now().toISOString() }
  const outcome = await deps.keyRing.create(accessKey, sha256(key), linkId)
  return outcome === 'created' ? { ...accessKey, key } : outcome
}
