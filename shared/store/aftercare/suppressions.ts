import type { Actor } from '../../domain/access/actor.ts'
import {
  type ActiveSuppression,
  activeSuppression,
  type ConsentUse,
  type ContactList,
  findSuppressedSchools,
  nameSuppression,
  type Suppression,
} from '../../domain/aftercare/suppression.ts'
import type { Cursor, Engine, Write } from '../engine/engine.ts'
import { suppressionsPartition } from '../index-keys.ts'
import { suppressionHistoryKey, suppressionKey, suppressionRecordKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { retryOnConflict } from '../retry-on-conflict.ts'
import { toItem } from '../rows.ts'
import { listSupersedingConsents } from './list-superseding-consents.ts'
import {
  type ActiveRow,
  buildActiveWrite,
  buildAdoptionWrites,
  historyRow,
  parseActiveRow,
  parseSuppressionId,
  recordRow,
  type SuppressionRow,
  suppressionRow,
} from './suppression-rows.ts'

export type SuppressionStore = ReturnType<typeof suppressionStore>
/** `digests`: those by which the person is found. `sealed`: the identifiers, encrypted, for exports. */
export type NewSuppression = Omit<Suppression, 'state' | 'supersededBy'> & {
  digests: readonly string[]
  sealed: { plain?: string | undefined; hashes: string }
}
/** The consent under which a lead is sent to a school, by its owner name. */
type SchoolConsentUse = ConsentUse & { schoolOwner: string }
type SuppressionEnd = { at: string; actor: Actor; reason: string }

/**
 * People whom no school or some schools may not contact. The suppressions in effect are under the digest of an email or
 * phone, so that routing reads one row for each; the record of each is a row of its own that stays.
 */
export function suppressionStore(engine: Engine<Table>) {
  return {
    /** The suppressions in effect for any of these digests. One read per digest. */
    listActive,

    /** Whether a person is suppressed at a school, by its owner name, for leads under this consent. */
    async isSuppressed(digests: readonly string[], use: SchoolConsentUse) {
      return (await findSuppression(digests, use)) !== undefined
    },

    /** Why a person is suppressed at a school for leads under this consent: what they said, or a list. Undefined if not. */
    findSuppression,

    /** Adds a suppression, and `alongside` in the same transaction. It replaces an earlier one of the same scope and basis. */
    async add(input: NewSuppression, alongside: readonly Write<Table>[]): Promise<'added' | 'conflict'> {
      return retryOnConflict(maxAttempts, async () => {
        const { done } = await engine.transact([...(await buildAddWrites(input)), ...alongside])
        return done ? 'added' : 'conflict'
      })
    },

    /**
     * Lifts a suppression, and writes `alongside` in the same transaction. The latest of those that it replaced is in effect
     * again, because it was recorded by someone else or for another reason.
     */
    async lift(
      suppressionId: string,
      end: SuppressionEnd,
      alongside: readonly Write<Table>[],
    ): Promise<'lifted' | 'not-found' | 'already-lifted' | 'conflict'> {
      return retryOnConflict(maxAttempts, async () => {
        const row = await findRow(suppressionId)
        if (!row) return 'not-found'
        if (row.state === 'lifted') return 'already-lifted'
        const { done } = await engine.transact([...(await buildLiftWrites(row, end)), ...alongside])
        return done ? 'lifted' : 'conflict'
      })
    },

    /** Writes alone what belongs to a read of many, such as its audit entry. */
    async write(writes: readonly Write<Table>[]): Promise<void> {
      const { done } = await engine.transact(writes)
      if (!done) throw new Error('The audit entry of the export could not be written.')
    },

    find: readRecord,

    /** Every suppression that a person has or had, latest first. Records of an earlier version get an ID on the way. */
    async listByPerson(digests: readonly string[]): Promise<Suppression[]> {
      const ids = new Set<string>()
      for (const digest of digests) {
        const active = await readActive(digest)
        if (active.isLegacy) await engine.transact(buildAdoptionWrites(active))
        for (const { suppressionId } of active.entries) ids.add(suppressionId)
        for (const suppressionId of await listHistoryIds(digest)) ids.add(suppressionId)
      }
      const records = await Promise.all([...ids].map(readRecord))
      return records.flatMap((one) => one ?? []).toSorted((one, other) => (one.at < other.at ? 1 : -1))
    },

    /** All suppressions, latest first. */
    async list(page: { limit: number; after?: Cursor }) {
      const { ids, next } = await listIds(page)
      const records = await Promise.all(ids.map(readRecord))
      return { suppressions: records.flatMap((one) => one ?? []), ...(next && { next }) }
    },

    /** A page of suppressions with their encrypted identifiers, latest first. */
    async listSealed(page: { limit: number; after?: Cursor }) {
      const { ids, next } = await listIds(page)
      const rows = await Promise.all(ids.map(findRow))
      return { rows: rows.flatMap((one) => one ?? []), ...(next && { next }) }
    },
  }

  async function findSuppression(
    digests: readonly string[],
    { schoolOwner, ...use }: SchoolConsentUse,
  ): Promise<'person' | ContactList | undefined> {
    const { everywhere, schoolOwners, list } = findSuppressedSchools(await listActive(digests), use)
    return everywhere || schoolOwners.includes(schoolOwner) ? (list ?? 'person') : undefined
  }

  async function listIds(page: { limit: number; after?: Cursor }) {
    const query = { in: 'leads', index: 'timeline', pk: suppressionsPartition, order: 'descending', ...page } as const
    const { items, next } = await engine.query(query)
    return { ids: items.map(({ pk }) => parseSuppressionId(pk)), next }
  }

  async function listActive(digests: readonly string[]): Promise<ActiveSuppression[]> {
    const rows = await Promise.all(digests.map(readActive))
    return [...new Map(rows.flatMap(({ entries }) => entries).map((one) => [one.suppressionId, one])).values()]
  }

  async function buildAddWrites(input: NewSuppression): Promise<Write<Table>[]> {
    const { digests, sealed, ...record } = input
    const { suppressionId, at } = record
    const activeRows = await Promise.all(digests.map(readActive))
    const entry = activeSuppression.parse(record)
    const name = nameSuppression(entry)
    const replacedIds = new Set(
      activeRows.flatMap(({ entries }) =>
        entries.filter((one) => nameSuppression(one) === name).map((one) => one.suppressionId),
      ),
    )
    const replacedRows = await Promise.all([...replacedIds].map(findRow))
    const isWhollyReplaced = (row: SuppressionRow) => row.digests.every((digest) => digests.includes(digest))
    return [
      {
        in: 'leads',
        put: {
          ...suppressionRecordKey(suppressionId),
          ...toItem({ ...record, state: 'active', digests, sealedPlain: sealed.plain, sealedHashes: sealed.hashes }),
          timelinePk: suppressionsPartition,
          timelineSk: `${at}#${suppressionId}`,
        },
        when: { exists: false },
      },
      ...activeRows.map((active) =>
        buildActiveWrite(active, [...active.entries.filter((one) => nameSuppression(one) !== name), entry]),
      ),
      ...digests.map(
        (digest) => ({ in: 'leads', put: { ...suppressionHistoryKey(digest, suppressionId), suppressionId } }) as const,
      ),
      ...replacedRows.flatMap((row) =>
        row && isWhollyReplaced(row)
          ? [
              {
                in: 'leads',
                change: suppressionRecordKey(row.suppressionId),
                set: { state: 'replaced', endedAt: at },
                when: { exists: true },
              } as const,
            ]
          : [],
      ),
    ]
  }

  async function buildLiftWrites(row: SuppressionRow, { at, actor, reason }: SuppressionEnd): Promise<Write<Table>[]> {
    const { suppressionId } = row
    const activeRows = await Promise.all(row.digests.map(readActive))
    const set = { state: 'lifted', endedAt: at, endedBy: toItem(actor), endReason: reason }
    const restored = new Map<string, SuppressionRow>()
    const activeWrites: Write<Table>[] = []
    for (const active of activeRows) {
      const remaining = active.entries.filter((one) => one.suppressionId !== suppressionId)
      if (remaining.length === active.entries.length) continue
      const earlier = await findReplaced(active.digest, row)
      if (earlier) restored.set(earlier.suppressionId, earlier)
      activeWrites.push(
        buildActiveWrite(active, earlier ? [...remaining, activeSuppression.parse(earlier)] : remaining),
      )
    }
    return [
      {
        in: 'leads',
        change: suppressionRecordKey(suppressionId),
        set,
        when: { attribute: 'state', is: 'equal', value: row.state },
      },
      ...activeWrites,
      ...[...restored.values()].map(
        (earlier): Write<Table> => ({
          in: 'leads',
          change: suppressionRecordKey(earlier.suppressionId),
          set: { state: 'active' },
          remove: ['endedAt'],
          when: { attribute: 'state', is: 'equal', value: earlier.state },
        }),
      ),
    ]
  }

  /** The latest suppression of a digest that another of the same scope and basis has replaced there, and that was not lifted. */
  async function findReplaced(digest: string, by: SuppressionRow): Promise<SuppressionRow | undefined> {
    const otherIds = (await listHistoryIds(digest)).filter((id) => id !== by.suppressionId)
    const rows = (await Promise.all(otherIds.map(findRow))).flatMap((one) => one ?? [])
    const replaced = rows.filter((row) => row.state !== 'lifted' && nameSuppression(row) === nameSuppression(by))
    return replaced.toSorted((one, other) => (one.at < other.at ? 1 : -1))[0]
  }

  async function listHistoryIds(digest: string): Promise<string[]> {
    const { pk, sk: prefix } = suppressionHistoryKey(digest, '')
    const rows = await queryAll(engine, { in: 'leads', pk, sk: { prefix }, limit: 100 })
    return rows.map((row) => historyRow.parse(row).suppressionId)
  }

  async function readActive(digest: string): Promise<ActiveRow> {
    const row = await engine.get({ in: 'leads', key: suppressionKey(digest) })
    return row ? parseActiveRow(digest, row) : { digest, entries: [], isLegacy: false }
  }

  async function findRow(suppressionId: string): Promise<SuppressionRow | undefined> {
    const row = await engine.get({ in: 'leads', key: suppressionRecordKey(suppressionId) })
    return row && suppressionRow.parse(row)
  }

  async function readRecord(suppressionId: string): Promise<Suppression | undefined> {
    const row = await engine.get({ in: 'leads', key: suppressionRecordKey(suppressionId) })
    if (!row) return undefined
    return { ...recordRow.parse(row), supersededBy: await listSupersedingConsents(engine, suppressionRow.parse(row)) }
  }
}

const maxAttempts = 20
