import * as z from 'zod'
import { type ActiveSuppression, activeSuppression, suppression } from '../../domain/aftercare/suppression.ts'
import type { Row, Write } from '../engine/engine.ts'
import { suppressionsPartition } from '../index-keys.ts'
import { suppressionKey, suppressionRecordKey, type Table } from '../keys.ts'
import { toItem, toRowSchema } from '../rows.ts'

export type ActiveRow = { digest: string; entries: ActiveSuppression[]; version?: number; isLegacy: boolean }

export function parseActiveRow(digest: string, row: Row): ActiveRow {
  const { entries, version, withdrawnAt } = activeRow.parse(row)
  if (withdrawnAt === undefined) return { digest, entries, ...(version !== undefined && { version }), isLegacy: false }
  const suppressionId = `sup_${digest.slice(0, 22)}`
  return {
    digest,
    entries: [{ suppressionId, scope: { kind: 'all-schools' }, basis: 'withdrawal', at: withdrawnAt }],
    isLegacy: true,
  }
}

export function buildActiveWrite(
  { digest, version, isLegacy }: ActiveRow,
  entries: readonly ActiveSuppression[],
): Write<Table> {
  const put = { ...suppressionKey(digest), ...toItem({ entries, version: (version ?? 0) + 1 }) }
  if (version !== undefined) return { in: 'leads', put, when: { attribute: 'version', is: 'equal', value: version } }
  return { in: 'leads', put, when: isLegacy ? { attribute: 'withdrawnAt', is: 'present' } : { exists: false } }
}

/** Returns the write of the record of a suppression that an earlier version made, which had a time and nothing else. */
export function buildAdoptionWrites({ digest, entries }: ActiveRow): Write<Table>[] {
  const [entry] = entries
  if (!entry) return []
  const record = {
    ...entry,
    state: 'active',
    identifiers: [],
    isHashed: false,
    actor: { kind: 'system', name: 'earlier-version' },
    channel: 'page',
    digests: [digest],
    sealedHashes: '',
  }
  const index = { timelinePk: suppressionsPartition, timelineSk: `${entry.at}#${entry.suppressionId}` }
  const put = { ...suppressionRecordKey(entry.suppressionId), ...toItem(record), ...index }
  return [{ in: 'leads', put, when: { exists: false } }]
}

export function parseSuppressionId(pk: string): string {
  return pk.slice(suppressionRecordKey('').pk.length)
}

const activeRow = z.object({
  entries: z.array(activeSuppression).default([]),
  version: z.int().optional(),
  /** Rows of an earlier version have nothing else. */
  withdrawnAt: z.string().optional(),
})
export const recordRow = toRowSchema(suppression).omit({ supersededBy: true })
export const suppressionRow = recordRow.extend({
  digests: z.array(z.string()),
  sealedPlain: z.string().optional(),
  sealedHashes: z.string(),
})
export type SuppressionRow = z.output<typeof suppressionRow>
export const historyRow = z.object({ suppressionId: z.string() })
