import * as z from 'zod'
import { type AuditEntry, auditEntry } from '#shared/domain/access/audit-entry.ts'
import { auditEntryKey } from '#shared/store/keys.ts'
import { unpack } from '#shared/store/packed.ts'
import { queryAll } from '#shared/store/query-all.ts'
import type { TestApi } from '#test/create-test-api.ts'

/** Reads the entries of today as they are stored, oldest first. */
export async function listStoredEntries({ engine, clock }: Pick<TestApi, 'engine' | 'clock'>): Promise<AuditEntry[]> {
  const { pk } = auditEntryKey(clock.now.toISOString(), '')
  const rows = await queryAll(engine, { in: 'leads', pk, limit: 1000 })
  return rows.map((row) => storedEntry.parse({ ...row, ...Object(unpack(row)) }))
}

const storedEntry = z.object(auditEntry.shape)
