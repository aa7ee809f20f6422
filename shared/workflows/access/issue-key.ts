import type { AccessKey } from '../../domain/access/access-key.ts'
import type { Actor } from '../../domain/access/actor.ts'
import type { Generation } from '../../domain/catalog/generation.ts'
import { newAccessKey } from '../../platform/access-keys.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import { sha256 } from '../../platform/digests.ts'
import { type AuditChangeDependencies, auditChange } from './audit-change.ts'

type IssueKeyDependencies = Pick<Dependencies, 'keyRing' | 'randomBytes'> & AuditChangeDependencies

/**
 * Creates a secret key and stores its hash. The returned `key` cannot be read again. `linkId`: a portal link, for which
 * at most one key is created, and the entry is that of the link. `generation`: that of the school of the link.
 */
export async function issueKey(
  keyRequest: Omit<AccessKey, 'keyId' | 'createdAt'>,
  deps: IssueKeyDependencies,
  { actor, linkId, generation }: { actor: Actor; linkId?: string; generation?: Generation },
) {
  const key = newAccessKey(keyRequest.holder.caller === 'operator' ? 'ok' : 'sk', deps.randomBytes)
  const accessKey = { ...keyRequest, keyId: deps.newId('key'), createdAt: deps.now().toISOString() }
  const { keyId, ...after } = accessKey
  const audit = auditChange(
    { actor, action: linkId ? 'portal-link.opened' : 'key.created', record: { kind: 'keys', id: keyId }, after },
    deps,
  )
  const outcome = await deps.keyRing.create(accessKey, sha256(key), { linkId, generation, also: [audit] })
  return outcome === 'created' ? { ...accessKey, key } : outcome
}
