import type { AuditEntry } from '../../domain/access/audit-entry.ts'
import type { Write } from '../engine/engine.ts'
import { auditedRecordPartition, unsealedPartition } from '../index-keys.ts'
import { auditEntryKey, type Table } from '../keys.ts'
import { pack } from '../packed.ts'
import { toItem } from '../rows.ts'

/**
 * Returns the write of an audit entry. It belongs in the transaction of the change: without the entry there is no change.
 * An entry is written once and never changed; sealing only takes it out of the due index.
 */
export function buildAuditWrite({ before, after, ...entry }: AuditEntry): Write<Table> {
  const key = auditEntryKey(entry.at, entry.entryId)
  return {
    in: 'leads',
    put: {
      ...key,
      timelinePk: auditedRecordPartition(entry.record),
      timelineSk: key.sk,
      duePk: unsealedPartition,
      dueSk: key.sk,
      ...toItem(entry),
      ...pack({ before, after }),
    },
    when: { exists: false },
  }
}
