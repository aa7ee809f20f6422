import type { AccessKey } from '../../domain/access/access-key.ts'
import type { Actor } from '../../domain/access/actor.ts'
import { type AuditChangeDependencies, auditChange } from './audit-change.ts'

/** Returns the write of the entry that says who revoked a key. */
export function auditRevocation({ keyId, ...key }: AccessKey, actor: Actor, deps: AuditChangeDependencies) {
  return auditChange({ actor, action: 'key.revoked', record: { kind: 'keys', id: keyId }, before: key }, deps)
}
