import * as z from 'zod'
import type { Cursor, Engine, Item, Write } from '../engine/engine.ts'
import { recordKey, type StoredRecordKind, type Table } from '../keys.ts'
import { pack, unpack } from '../packed.ts'
import { toItem } from '../rows.ts'

/** A record as it is kept. Its version counts its writes and is its ETag. */
export type StoredRecord = { id: string; version: number; updatedAt: string; body: Item }
/** Something, or what it is for the record that stands: asked again where another writer came between. */
type MaybeComputed<What> = What | ((before: StoredRecord | undefined) => What)
/** The version that the writer saw: a number, `any` that exists, or `undefined` where the writer does not care. */
export type ExpectedVersion = number | 'any' | undefined

export type RecordStore = ReturnType<typeof recordStore>

/** What staff edit. Every write is guarded by the version it replaces, so that no update is lost. */
export function recordStore(engine: Engine<Table>) {
  const get = async (kind: StoredRecordKind, id: string): Promise<StoredRecord | undefined> => {
    const row = await engine.get({ in: 'catalog', key: recordKey(kind, id) })
    return row && storedRecord.parse(row)
  }

  return {
    get,

    async list(kind: StoredRecordKind, page: { limit: number; after?: Cursor }) {
      const { items, next } = await engine.query({ in: 'catalog', pk: recordKey(kind, '').pk, ...page })
      return { records: items.map((row) => storedRecord.parse(row)), ...(next && { next }) }
    },

    /** Writes with whatever must hold together with it. Nothing is written where `seen` is not the version that stands. */
    async put(
      kind: StoredRecordKind,
      id: string,
      body: MaybeComputed<object>,
      { expectedVersion, at, also = [] }: RecordChange,
    ): Promise<StoredRecord | 'changed'> {
      for (;;) {
        const current = await get(kind, id)
        if (!isExpectedVersion(expectedVersion, current)) return 'changed'
        const stamp = { id, version: (current?.version ?? 0) + 1, updatedAt: at }
        const newBody = resolveValue(body, current)
        // As one text: a map of DynamoDB forgets the order of its names, which the fields of a request's shape have.
        const row = { ...recordKey(kind, id), ...stamp, ...pack(newBody) }
        const write = { in: 'catalog', put: row, when: ifVersionUnchanged(current) } as const
        if ((await engine.transact([write, ...resolveValue(also, current)])).done)
          return { ...stamp, body: toItem(newBody) }
      }
    },

    /** Removes with whatever must go with it. */
    async remove(
      kind: StoredRecordKind,
      id: string,
      { expectedVersion, also = [] }: RecordRemoval,
    ): Promise<'removed' | 'changed' | 'absent'> {
      for (;;) {
        const current = await get(kind, id)
        if (!current) return 'absent'
        if (!isExpectedVersion(expectedVersion, current)) return 'changed'
        const write = { in: 'catalog', delete: recordKey(kind, id), when: ifVersionUnchanged(current) } as const
        if ((await engine.transact([write, ...resolveValue(also, current)])).done) return 'removed'
      }
    },
  }
}

type RecordChange = RecordRemoval & { at: string }
type RecordRemoval = { expectedVersion: ExpectedVersion; also?: MaybeComputed<readonly Write<Table>[]> }

const body = z.record(z.string(), z.json())
const storedRecord = z
  .looseObject({ sk: z.string(), version: z.int(), updatedAt: z.string(), body: body.optional() })
  .transform((row) => ({
    id: row.sk,
    version: row.version,
    updatedAt: row.updatedAt,
    // Rows of 0.1.0 hold a map.
    body: row.body ?? body.parse(unpack(row)),
  }))

function resolveValue<What extends object>(value: MaybeComputed<What>, current: StoredRecord | undefined): What {
  return typeof value === 'function' ? value(current) : value
}

function isExpectedVersion(expectedVersion: ExpectedVersion, current: StoredRecord | undefined): boolean {
  return (
    expectedVersion === undefined ||
    (expectedVersion === 'any' ? current !== undefined : expectedVersion === (current?.version ?? 0))
  )
}

function ifVersionUnchanged(current: StoredRecord | undefined) {
  return current
    ? ({ attribute: 'version', is: 'equal', value: current.version } as const)
    : ({ exists: false } as const)
}
