import * as z from 'zod'
import { type Actor, actor } from '../../domain/access/actor.ts'
import type { Cursor, Engine, Item, Write } from '../engine/engine.ts'
import { recordKey, type StoredRecordKind, type Table } from '../keys.ts'
import { pack, unpack } from '../packed.ts'
import { conflictRefusal, retryOnConflict } from '../retry-on-conflict.ts'
import { toItem } from '../rows.ts'

/** A stored record. Its version counts its writes and is its ETag. Records that are older than audit entries have no `updatedBy`. */
export type StoredRecord = {
  id: string
  version: number
  updatedAt: string
  updatedBy?: Actor | undefined
  body: Item
}
/** A value, or a function that computes it from the current record: it is called again for each attempt. */
type MaybeComputed<Value> = Value | ((current: StoredRecord | undefined) => Value)
/** Writes that belong to a change of a record. `next` is the new body; absent: the record is deleted. */
type RelatedWrites =
  | readonly Write<Table>[]
  | ((current: StoredRecord | undefined, next?: Item) => readonly Write<Table>[])
/** The version that must be current: a number (0: the record must not exist), `any` existing one, or undefined: no check. */
export type ExpectedVersion = number | 'any' | undefined

export type RecordStore = ReturnType<typeof recordStore>

// Each attempt loses to another writer of the same record, and such writers are few.
const maxAttempts = 50

/** The records that staff edit. Every write checks the version that it replaces, so that no update is lost. */
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

    /**
     * Saves the body of a record together with the writes of `also`, or nothing if `expectedVersion` is not current.
     * @throws Refusal if other writers won every attempt.
     */
    async put(
      kind: StoredRecordKind,
      id: string,
      body: MaybeComputed<object>,
      { expectedVersion, at, actor, also = [] }: RecordChange,
    ): Promise<StoredRecord | 'changed'> {
      const outcome = await retryOnConflict(maxAttempts, async () => {
        const current = await get(kind, id)
        if (!isExpectedVersion(expectedVersion, current)) return 'changed'
        const stamp = { id, version: (current?.version ?? 0) + 1, updatedAt: at, ...(actor && { updatedBy: actor }) }
        const newBody = resolveValue(body, current)
        // Packed as text, because a DynamoDB map loses the order of its names, and a request shape depends on it.
        const row = { ...recordKey(kind, id), ...toItem(stamp), ...pack(newBody) }
        const write = { in: 'catalog', put: row, when: ifVersionUnchanged(current) } as const
        const storedBody = toItem(newBody)
        const relatedWrites = typeof also === 'function' ? also(current, storedBody) : also
        const { done } = await engine.transact([write, ...relatedWrites])
        return done ? { ...stamp, body: storedBody } : 'conflict'
      })
      if (outcome === 'conflict') throw conflictRefusal()
      return outcome
    },

    /**
     * Deletes a record together with the writes of `also`, or nothing if `expectedVersion` is not current.
     * @throws Refusal if other writers won every attempt.
     */
    async remove(
      kind: StoredRecordKind,
      id: string,
      { expectedVersion, also = [] }: RecordRemoval,
    ): Promise<'removed' | 'changed' | 'absent'> {
      const outcome = await retryOnConflict(maxAttempts, async () => {
        const current = await get(kind, id)
        if (!current) return 'absent'
        if (!isExpectedVersion(expectedVersion, current)) return 'changed'
        const write = { in: 'catalog', delete: recordKey(kind, id), when: ifVersionUnchanged(current) } as const
        const relatedWrites = typeof also === 'function' ? also(current) : also
        const { done } = await engine.transact([write, ...relatedWrites])
        return done ? 'removed' : 'conflict'
      })
      if (outcome === 'conflict') throw conflictRefusal()
      return outcome
    },
  }
}

type RecordChange = RecordRemoval & { at: string; actor?: Actor }
type RecordRemoval = { expectedVersion: ExpectedVersion; also?: RelatedWrites }

const body = z.record(z.string(), z.json())
const storedRecord = z
  .looseObject({
    sk: z.string(),
    version: z.int(),
    updatedAt: z.string(),
    updatedBy: actor.optional(),
    body: body.optional(),
  })
  .transform((row) => ({
    id: row.sk,
    version: row.version,
    updatedAt: row.updatedAt,
    ...(row.updatedBy && { updatedBy: row.updatedBy }),
    // Rows written by version 0.1.0 have the body as a map.
    body: row.body ?? body.parse(unpack(row)),
  }))

function resolveValue<Value extends object>(value: MaybeComputed<Value>, current: StoredRecord | undefined): Value {
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
