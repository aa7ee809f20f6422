import * as z from 'zod'
import type { Cursor, Engine, Item, Write } from '../engine/engine.ts'
import { type Kind, recordKey, type Table } from '../keys.ts'
import { pack, unpack } from '../packed.ts'
import { plain } from '../rows.ts'

/** A record as it is kept. Its version counts its writes and is its ETag. */
export type Kept = { id: string; version: number; updatedAt: string; body: Item }
/** Something, or what it is for the record that stands: asked again where another writer came between. */
type From<What> = What | ((before: Kept | undefined) => What)
/** The version that the writer saw: a number, `any` that exists, or `undefined` where the writer does not care. */
export type Seen = number | 'any' | undefined

export type RecordStore = ReturnType<typeof recordStore>

/** What staff edit. Every write is guarded by the version it replaces, so that no update is lost. */
export function recordStore(engine: Engine<Table>) {
  const get = async (kind: Kind, id: string): Promise<Kept | undefined> => {
    const row = await engine.get({ in: 'catalog', key: recordKey(kind, id) })
    return row && kept.parse(row)
  }

  return {
    get,

    async list(kind: Kind, page: { limit: number; after?: Cursor }) {
      const { items, next } = await engine.query({ in: 'catalog', pk: recordKey(kind, '').pk, ...page })
      return { records: items.map((row) => kept.parse(row)), ...(next && { next }) }
    },

    /** Writes with whatever must hold together with it. Nothing is written where `seen` is not the version that stands. */
    async put(kind: Kind, id: string, body: From<object>, { seen, at, also = [] }: Change): Promise<Kept | 'changed'> {
      for (;;) {
        const before = await get(kind, id)
        if (!matches(seen, before)) return 'changed'
        const stamp = { id, version: (before?.version ?? 0) + 1, updatedAt: at }
        const made = from(body, before)
        // As one text: a map of DynamoDB forgets the order of its names, which the fields of a request's shape have.
        const row = { ...recordKey(kind, id), ...stamp, ...pack(made) }
        const write = { in: 'catalog', put: row, when: stillAt(before) } as const
        if ((await engine.transact([write, ...from(also, before)])).done) return { ...stamp, body: plain(made) }
      }
    },

    /** Removes with whatever must go with it. */
    async remove(kind: Kind, id: string, { seen, also = [] }: Removal): Promise<'removed' | 'changed' | 'absent'> {
      for (;;) {
        const before = await get(kind, id)
        if (!before) return 'absent'
        if (!matches(seen, before)) return 'changed'
        const write = { in: 'catalog', delete: recordKey(kind, id), when: stillAt(before) } as const
        if ((await engine.transact([write, ...from(also, before)])).done) return 'removed'
      }
    },
  }
}

type Change = Removal & { at: string }
type Removal = { seen: Seen; also?: From<readonly Write<Table>[]> }

const body = z.record(z.string(), z.json())
const kept = z
  .looseObject({ sk: z.string(), version: z.int(), updatedAt: z.string(), body: body.optional() })
  .transform((row) => ({
    id: row.sk,
    version: row.version,
    updatedAt: row.updatedAt,
    // Rows of 0.1.0 hold a map.
    body: row.body ?? body.parse(unpack(row)),
  }))

function from<What extends object>(given: From<What>, before: Kept | undefined): What {
  return typeof given === 'function' ? given(before) : given
}

function matches(seen: Seen, before: Kept | undefined): boolean {
  return seen === undefined || (seen === 'any' ? before !== undefined : seen === (before?.version ?? 0))
}

function stillAt(before: Kept | undefined) {
  return before ? ({ attribute: 'version', is: 'equal', value: before.version } as const) : ({ exists: false } as const)
}
