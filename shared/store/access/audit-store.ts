import * as z from 'zod'
import { type AuditEntry, auditEntry } from '../../domain/access/audit-entry.ts'
import { type AuditHead, type AuditSeal, auditHead, auditSeal } from '../../domain/access/audit-seal.ts'
import type { Cursor, Engine, Row, Write } from '../engine/engine.ts'
import { auditedRecordPartition, unsealedPartition } from '../index-keys.ts'
import { auditEntryKey, auditHeadKey, auditSealKey, type Table } from '../keys.ts'
import { unpack } from '../packed.ts'
import { queryAll } from '../query-all.ts'
import { toItem } from '../rows.ts'

/** An entry with its place in the chain; without it, it is not sealed yet. */
export type StoredAuditEntry = AuditEntry & { sealDay?: string | undefined; sequence?: number | undefined }
type Span = { from?: string; to?: string }

/** Audit entries and the hash chain of each day. Entries are written by `buildAuditWrite` and never changed. */
export function auditStore(engine: Engine<Table>) {
  const readEntries = async (items: readonly Row[]): Promise<StoredAuditEntry[]> => {
    const rows = await Promise.all(items.map(({ pk, sk }) => engine.get({ in: 'leads', key: { pk, sk } })))
    return rows.flatMap((row) => (row ? toEntry(row) : []))
  }

  return {
    async find({ at, entryId }: Pick<AuditEntry, 'at' | 'entryId'>): Promise<StoredAuditEntry | undefined> {
      const row = await engine.get({ in: 'leads', key: auditEntryKey(at, entryId) })
      return row && toEntry(row)
    },

    /** The entries of a day (UTC), latest first. */
    async listByDay(day: string, { from, to, ...page }: Span & { limit: number; after?: Cursor }) {
      const sk = { ...(from && { from }), ...(to && { to: `${to}~` }) }
      const query = { in: 'leads', pk: auditEntryKey(day, '').pk, sk, order: 'descending', ...page } as const
      const { items, next } = await engine.query(query)
      return { entries: items.map(toEntry), ...(next && { next }) }
    },

    /** The entries of one record, latest first. An index, so the last ones may be missing for a moment. */
    async listByRecord(record: AuditEntry['record'], { from, to, ...page }: Span & { limit: number; after?: Cursor }) {
      const sk = { ...(from && { from }), ...(to && { to: `${to}~` }) }
      const pk = auditedRecordPartition(record)
      const { items, next } = await engine.query({
        in: 'leads',
        index: 'timeline',
        pk,
        sk,
        order: 'descending',
        ...page,
      })
      return { entries: await readEntries(items), ...(next && { next }) }
    },

    /** Entries that are not in the chain yet, oldest first. */
    async listUnsealed(limit: number): Promise<StoredAuditEntry[]> {
      const { items } = await engine.query({ in: 'leads', index: 'due', pk: unsealedPartition, limit })
      return (await readEntries(items)).filter(({ sequence }) => sequence === undefined)
    },

    /** The last head, of any day or of the days before one. */
    async findLastHead({ before }: { before?: string } = {}): Promise<AuditHead | undefined> {
      const pk = auditHeadKey('').pk
      const { items } = await engine.query({
        in: 'leads',
        pk,
        ...(before && { sk: { to: before } }),
        order: 'descending',
        limit: 2,
      })
      const [head] = items.map((row) => headRow.parse(row)).filter(({ day }) => day !== before)
      return head
    },

    async findHead(day: string): Promise<AuditHead | undefined> {
      const row = await engine.get({ in: 'leads', key: auditHeadKey(day) })
      return row && headRow.parse(row)
    },

    /** The seals of a day, in their order. */
    async listSeals(day: string): Promise<AuditSeal[]> {
      const rows = await queryAll(engine, { in: 'leads', pk: auditSealKey(day, 0).pk, limit: 500 })
      return rows.map((row) => sealRow.parse(row))
    },

    /** Adds seals to the chain. Returns false if another worker has extended it since `previous` was read. */
    async seal(
      { head, seals }: { head: AuditHead; seals: readonly AuditSeal[] },
      previous: AuditHead | undefined,
    ): Promise<boolean> {
      const isSameDay = previous?.day === head.day
      const ifUnchanged = { attribute: 'sequence', is: 'equal', value: previous?.sequence ?? 0 } as const
      const previousDayChecks: Write<Table>[] =
        previous && !isSameDay ? [{ in: 'leads', check: auditHeadKey(previous.day), when: ifUnchanged }] : []
      const { done } = await engine.transact([
        {
          in: 'leads',
          put: { ...auditHeadKey(head.day), ...toItem(head) },
          when: isSameDay ? ifUnchanged : { exists: false },
        },
        ...previousDayChecks,
        ...seals.flatMap((seal): Write<Table>[] => [
          {
            in: 'leads',
            put: { ...auditSealKey(head.day, seal.sequence), ...toItem(seal) },
            when: { exists: false },
          },
          {
            in: 'leads',
            change: auditEntryKey(seal.at, seal.entryId),
            set: { sealDay: head.day, sequence: seal.sequence },
            remove: ['duePk', 'dueSk'],
            when: { attribute: 'duePk', is: 'present' },
          },
        ]),
      ])
      return done
    },
  }
}
export type AuditStore = ReturnType<typeof auditStore>

/** A transaction has at most 100 writes: two for each entry, the head, and a check of the day before. */
export const maxSealsPerTransaction = 45

const storedEntry = z.object({ ...auditEntry.shape, sealDay: z.string().optional(), sequence: z.int().optional() })
const headRow = z.object(auditHead.shape)
const sealRow = z.object(auditSeal.shape)
const packedFields = z.object({ before: auditEntry.shape.before, after: auditEntry.shape.after })

function toEntry(row: Row): StoredAuditEntry {
  return storedEntry.parse({ ...row, ...packedFields.parse(unpack(row)) })
}
