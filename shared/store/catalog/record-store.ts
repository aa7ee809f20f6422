import * as z from 'zod'
import { type Actor, actor } from '../../domain/access/actor.ts'
import { type Generation, generation } from '../../domain/catalog/generation.ts'
import type { Condition, Cursor, Engine, Item, Row, Write } from '../engine/engine.ts'
import { recordKey, removedRecordKey, type StoredRecordKind, type Table } from '../keys.ts'
import { pack, unpack } from '../packed.ts'
import { parseOnce } from '../parse-once.ts'
import { conflictRefusal, retryOnConflict } from '../retry-on-conflict.ts'
import { toItem } from '../rows.ts'

/**
 * A stored record. Its version counts its writes and is its ETag; it goes on counting if the id is deleted and written
 * again, so that no ETag of a deleted record fits the new one. Records that are older than audit entries have no
 * `updatedBy`.
 */
export type StoredRecord = {
  id: string
  version: number
  updatedAt: string
  updatedBy?: Actor | undefined
  generation?: Generation
  /** Of a program: which record of its ID each career is. Only of IDs that were used before. */
  careerGenerations?: CareerGenerations | undefined
  body: Item
}
export type CareerGenerations = z.output<typeof careerGenerations>
/** `references` counts the writes of other records that began to refer to this one. */
type RecordRow = StoredRecord & { references?: number | undefined }
/** A value, or a function that computes it from the current record: it is called again for each attempt. */
type MaybeComputed<Value> = Value | ((current: StoredRecord | undefined) => Value)
/** Writes that belong to a change of a record. `next` is the new body, undefined if the record is deleted. */
type RelatedWrites =
  | readonly Write<Table>[]
  | ((current: StoredRecord | undefined, next: Item | undefined, generation: Generation) => readonly Write<Table>[])
/** The version that must be current: a number (0: the record must not exist), `any` existing one, or undefined: no check. */
export type ExpectedVersion = number | 'any' | undefined

export type RecordStore = ReturnType<typeof recordStore>

// Each attempt loses to another writer of the same record, and such writers are few.
const maxAttempts = 50

/** The records that staff edit. Every write checks the version that it replaces, so that no update is lost. */
export function recordStore(engine: Engine<Table>) {
  const get = async (kind: StoredRecordKind, id: string): Promise<RecordRow | undefined> => {
    const row = await engine.get({ in: 'catalog', key: recordKey(kind, id) })
    return row && parseRecord(row)
  }

  const getTombstone = async (kind: StoredRecordKind, id: string) => {
    const row = await engine.get({ in: 'catalog', key: removedRecordKey(kind, id) })
    return row && tombstone.parse(row)
  }

  return {
    get,

    /** Returns the generation of the last record with this ID that was deleted, or undefined if none was. */
    async findRemovedGeneration(kind: StoredRecordKind, id: string): Promise<number | undefined> {
      return (await getTombstone(kind, id))?.generation
    },

    /** @param page `prefix`: only records whose ID begins with it */
    async list(kind: StoredRecordKind, { prefix, ...page }: { limit: number; after?: Cursor; prefix?: string }) {
      const { pk } = recordKey(kind, '')
      const { items, next } = await engine.query({ in: 'catalog', pk, ...(prefix && { sk: { prefix } }), ...page })
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
      { expectedVersion, at, actor, careerGenerations, also = [] }: RecordChange,
    ): Promise<(StoredRecord & { isNew: boolean }) | 'changed'> {
      const outcome = await retryOnConflict(maxAttempts, async () => {
        const current = await get(kind, id)
        if (!isExpectedVersion(expectedVersion, current)) return 'changed'
        const removed = current ? undefined : await getTombstone(kind, id)
        const generation = removed ? removed.generation + 1 : current?.generation
        const version = ((current ?? removed)?.version ?? 0) + 1
        const identity = { id, version, ...(generation !== undefined && { generation }) }
        const stamp = {
          ...identity,
          updatedAt: at,
          ...(actor && { updatedBy: actor }),
          ...(careerGenerations && { careerGenerations }),
        }
        const newBody = resolveValue(body, current)
        // Packed as text, because a DynamoDB map loses the order of its names, and a request shape depends on it.
        const row = { ...recordKey(kind, id), ...toItem(stamp), ...pack(newBody) }
        const write = { in: 'catalog', put: row, when: ifVersionUnchanged(current) } as const
        const storedBody = toItem(newBody)
        const tombstoneChecks = current ? [] : [ifTombstoneUnchanged(kind, id, removed)]
        const relatedWrites = typeof also === 'function' ? also(current, storedBody, generation) : also
        const { done } = await engine.transact([write, ...tombstoneChecks, ...relatedWrites])
        return done ? { ...stamp, body: storedBody, isNew: !current } : 'conflict'
      })
      if (outcome === 'conflict') throw conflictRefusal()
      return outcome
    },

    /**
     * Replaces a record by a tombstone, together with the writes of `also`, or does nothing if `expectedVersion` is not
     * current. `requireUnused` refuses if other records refer to it; a reference that is written meanwhile makes it run
     * again. @throws Refusal if other writers won every attempt.
     */
    async remove(
      kind: StoredRecordKind,
      id: string,
      { expectedVersion, at, also = [], requireUnused }: RecordRemoval,
    ): Promise<'removed' | 'changed' | 'absent'> {
      const outcome = await retryOnConflict(maxAttempts, async () => {
        const current = await get(kind, id)
        if (!current) return 'absent'
        if (!isExpectedVersion(expectedVersion, current)) return 'changed'
        const usageChecks = (await requireUnused?.(current)) ?? []
        const when = { all: [ifVersionUnchanged(current), ifReferencesUnchanged(current)] }
        const { version, generation = 1 } = current
        const tombstoneRow = { ...removedRecordKey(kind, id), generation, version, removedAt: at }
        const relatedWrites = typeof also === 'function' ? also(current, undefined, generation) : also
        const { done } = await engine.transact([
          { in: 'catalog', delete: recordKey(kind, id), when },
          { in: 'catalog', put: tombstoneRow },
          ...usageChecks,
          ...relatedWrites,
        ])
        return done ? 'removed' : 'conflict'
      })
      if (outcome === 'conflict') throw conflictRefusal()
      return outcome
    },
  }
}

type RecordChange = {
  expectedVersion: ExpectedVersion
  at: string
  actor?: Actor | undefined
  careerGenerations?: CareerGenerations | undefined
  also?: RelatedWrites
}
type RecordRemoval = Omit<RecordChange, 'actor' | 'careerGenerations'> & {
  /** Returns checks that fail if a record began to refer to this one since. @throws Refusal if one does */
  requireUnused?: (current: StoredRecord) => Promise<readonly Write<Table>[]>
}

/**
 * Marks that another record begins to refer to this one, if this one still exists in this generation: part of the
 * transaction that writes the other record, so that this one is not deleted at the same time.
 */
export function addReferenceWrite(
  kind: StoredRecordKind,
  { id, generation }: Pick<StoredRecord, 'id' | 'generation'>,
): Write<Table> {
  return { in: 'catalog', change: recordKey(kind, id), add: { references: 1 }, when: ifGeneration(generation) }
}

/** Fails if the record was deleted, or deleted and written again, since it was read. */
export function checkGenerationWrite(
  kind: StoredRecordKind,
  { id, generation }: Pick<StoredRecord, 'id' | 'generation'>,
): Write<Table> {
  return { in: 'catalog', check: recordKey(kind, id), when: ifGeneration(generation) }
}

/** Fails if this record was written, or if another one began to refer to it, since it was read. */
export function checkReferencesWrite(kind: StoredRecordKind, record: RecordRow): Write<Table> {
  const when = { all: [ifVersionUnchanged(record), ifReferencesUnchanged(record)] }
  return { in: 'catalog', check: recordKey(kind, record.id), when }
}

const body = z.record(z.string(), z.json())
const careerGenerations = z.record(z.string(), z.int())
const storedRecord = z
  .looseObject({
    sk: z.string(),
    version: z.int(),
    updatedAt: z.string(),
    updatedBy: actor.optional(),
    generation,
    references: z.int().optional(),
    careerGenerations: careerGenerations.optional(),
    body: body.optional(),
  })
  .transform((row) => ({
    id: row.sk,
    version: row.version,
    updatedAt: row.updatedAt,
    ...(row.updatedBy && { updatedBy: row.updatedBy }),
    ...(row.generation !== undefined && { generation: row.generation }),
    ...(row.references !== undefined && { references: row.references }),
    ...(row.careerGenerations && { careerGenerations: row.careerGenerations }),
    // Rows written by version 0.1.0 have the body as a map.
    body: row.body ?? body.parse(unpack(row)),
  }))

const parseRecord = parseOnce((row: Row) => storedRecord.parse(row))

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

function ifGeneration(generation: Generation): Condition {
  return {
    all: [
      { exists: true },
      generation === undefined
        ? { attribute: 'generation', is: 'absent' }
        : { attribute: 'generation', is: 'equal', value: generation },
    ],
  }
}

function ifReferencesUnchanged({ references }: RecordRow): Condition {
  return references === undefined
    ? { attribute: 'references', is: 'absent' }
    : { attribute: 'references', is: 'equal', value: references }
}

function ifTombstoneUnchanged(
  kind: StoredRecordKind,
  id: string,
  removed: z.output<typeof tombstone> | undefined,
): Write<Table> {
  return {
    in: 'catalog',
    check: removedRecordKey(kind, id),
    when: removed ? { attribute: 'generation', is: 'equal', value: removed.generation } : { exists: false },
  }
}

const tombstone = z.object({ generation: z.int(), version: z.int() })
