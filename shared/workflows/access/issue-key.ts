import type { AccessKey } from '../../domain/access/access-key.ts'
import type { Actor } from '../../domain/access/actor.ts'
import { newAccessKey } from '../../platform/access-keys.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import { sha256 } from '../../platform/digests.ts'
import { type AuditChangeDependencies, auditChange } from './audit-change.ts'

type IssueKeyDependencies = Pick<Dependencies, 'keyRing' | 'randomBytes'> & AuditChangeDependencies

/**
 * Creates a secret key and stores its hash. The returned `key` cannot be read again. `onlyIfFirst` refuses it if the holder has an
 * active key.
 */
export async function issueKey(
  keyRequest: Omit<AccessKey, 'keyId' | 'createdAt'>,
  deps: IssueKeyDependencies,
  { actor, onlyIfFirst }: { actor: Actor; onlyIfFirst?: boolean },
) {
  const key = newAccessKey(keyRequest.holder.caller === 'operator' ? 'ok' : 'sk', deps.randomBytes)
  const accessKey = { ...keyRequest, keyId: deps.newId('key'), createdAt: deps.now().toISOString() }
  const { keyId, ...after } = accessKey
  const audit = auditChange({ actor, action: 'key.created', record: { kind: 'keys', id: keyId }, after }, deps)
  const outcome = await deps.keyRing.create(accessKey, sha256(key), { also: [audit], onlyIfFirst })
  return outcome === 'created' ? { ...accessKey, key } : outcome
}
