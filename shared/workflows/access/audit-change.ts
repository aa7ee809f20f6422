import { type AuditedChange, protectRecord } from '../../domain/access/audit-entry.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { Digests } from '../../platform/digests.ts'
import { buildAuditWrite } from '../../store/access/build-audit-write.ts'
import type { Write } from '../../store/engine/engine.ts'
import type { Table } from '../../store/keys.ts'

export type AuditChangeDependencies = Pick<Dependencies, 'newId' | 'now'> & {
  digests: Pick<Digests, 'hashAuditValue'>
}

/**
 * Returns the write of a change's audit entry, with digests in place of secrets and personal data. Add it to the
 * transaction of the change.
 */
export function auditChange(
  { actor, action, record, before, after }: AuditedChange,
  { digests, newId, now }: AuditChangeDependencies,
): Write<Table> {
  const protect = (body: object) => protectRecord(record.kind, body, digests.hashAuditValue)
  return buildAuditWrite({
    entryId: newId('audit'),
    at: now().toISOString(),
    actor,
    action,
    record,
    ...(before && { before: protect(before) }),
    ...(after && { after: protect(after) }),
  })
}
