import * as z from 'zod'
import type { Engine, Key, Row, Write } from '../engine/engine.ts'
import { linkKey, manifestKey, pageKey, questionKey, type StoredRecordKind, type Table } from '../keys.ts'
import { unpack } from '../packed.ts'
import { queryAll } from '../query-all.ts'
import { conflictRefusal, retryOnConflict } from '../retry-on-conflict.ts'
import { searchRows } from './search-rows.ts'

// A DynamoDB transaction holds 100 writes; one is the manifest.
const maxRowsPerTransaction = 98
// Each attempt loses to another writer of the same record, and such writers are few.
const maxAttempts = 50

export type ComposedStore = ReturnType<typeof composedStore>

/**
 * Rows that are composed from records when a record is written, so that a page is read with one lookup. Each record owns
 * the rows that were composed from it, and its manifest lists their keys, so that obsolete rows are deleted.
 */
export function composedStore(engine: Engine<Table>) {
  const readManifest = async (kind: StoredRecordKind, id: string) => {
    const row = await engine.get({ in: 'catalog', key: manifestKey(kind, id) })
    return row ? manifestRow.parse(row) : { revision: 0, keys: [] }
  }

  return {
    /**
     * Replaces the rows of a record with those that `compose` returns; `compose` runs again after each conflict.
     * Few rows change in one transaction. Many rows change in several: all are written when this returns, and if the
     * process dies before, the next call for the record completes the change. `buildLastWrites` gets the keys of the
     * earlier and the new rows; its writes are made in the last transactions, after or together with the rows.
     * @throws Refusal if other writers won every attempt.
     */
    async compose(
      kind: StoredRecordKind,
      id: string,
      compose: () => Promise<Row[]>,
      buildLastWrites: (keys: readonly Key[]) => readonly Write<Table>[] = () => [],
    ): Promise<void> {
      const outcome = await retryOnConflict(maxAttempts, async () => {
        const manifest = await readManifest(kind, id)
        const rows = await compose()
        const lastWrites = buildLastWrites([...manifest.keys, ...rows])
        return (await replaceRows(kind, id, manifest, rows, lastWrites)) ? 'replaced' : 'conflict'
      })
      if (outcome === 'conflict') throw conflictRefusal()
    },

    /** Returns the ids of the records of a kind whose rows show something of this record. */
    async listDependents(kind: StoredRecordKind, id: string, dependentKind: StoredRecordKind): Promise<string[]> {
      const links = await listLinks(kind, id, dependentKind)
      return links.map(({ sk }) => sk.slice(dependentKind.length + 1))
    },

    listLinks,

    search: searchRows(engine),

    /** Returns the title of a related career as the page of a career shows it; undefined if it shows none. */
    async findShownTitle(slug: string, relatedSlug: string): Promise<string | undefined> {
      const row = await engine.get({ in: 'catalog', key: pageKey(slug, 'CAREER') })
      const related = row ? shownCareers.parse(unpack(row)).relatedCareers : []
      return related.find((one) => one.slug === relatedSlug)?.title
    },

    /** Returns the programs of a career that ask a question, with the answers that each takes. */
    async listAskingPrograms(slug: string, questionId: string) {
      const { pk, sk } = questionKey(slug, questionId, '')
      const rows = await queryAll(engine, { in: 'catalog', pk, sk: { prefix: sk }, limit: 1000 })
      return rows.map((row) => askingProgram.parse(row))
    },
  }

  /** Returns the link rows from a record to records of a kind, with the fields that were stored in them. */
  function listLinks(kind: StoredRecordKind, id: string, linkedKind: StoredRecordKind): Promise<Row[]> {
    const { pk, sk } = linkKey([kind, id], [linkedKind, ''])
    return queryAll(engine, { in: 'catalog', pk, sk: { prefix: sk }, limit: 1000 })
  }

  async function replaceRows(
    kind: StoredRecordKind,
    id: string,
    current: Manifest,
    rows: readonly Row[],
    lastWrites: readonly Write<Table>[],
  ): Promise<boolean> {
    const staleKeys = current.keys.filter((key) => !rows.some((row) => isSameKey(row, key)))
    const writes: Write<Table>[] = [
      ...rows.map((row) => ({ in: 'catalog', put: row }) as const),
      ...staleKeys.map((key) => ({ in: 'catalog', delete: key }) as const),
      ...lastWrites,
    ]
    const ownedKeys = rows.map(({ pk, sk }) => ({ pk, sk }))
    const writeChunk = (revision: number, keys: Key[], chunk: Write<Table>[]) =>
      engine.transact([
        {
          in: 'catalog',
          put: { ...manifestKey(kind, id), revision: revision + 1, keys },
          when: revision === 0 ? { exists: false } : { attribute: 'revision', is: 'equal', value: revision },
        },
        ...chunk,
      ])

    const chunks = writes.length > maxRowsPerTransaction ? splitIntoChunks(writes) : [writes]
    for (const [index, chunk] of chunks.entries()) {
      const isLast = index === chunks.length - 1
      const { done } = await writeChunk(
        current.revision + index,
        isLast ? ownedKeys : [...ownedKeys, ...staleKeys],
        chunk,
      )
      if (!done) return false
    }
    return true
  }
}

type Manifest = z.output<typeof manifestRow>
const manifestRow = z.object({ revision: z.int(), keys: z.array(z.object({ pk: z.string(), sk: z.string() })) })

function isSameKey(a: Key, b: Key): boolean {
  return a.pk === b.pk && a.sk === b.sk
}

function splitIntoChunks(writes: readonly Write<Table>[]): Write<Table>[][] {
  const count = Math.ceil(writes.length / maxRowsPerTransaction)
  return Array.from({ length: count }, (_, index) =>
    writes.slice(index * maxRowsPerTransaction, (index + 1) * maxRowsPerTransaction),
  )
}

const shownCareers = z.object({ relatedCareers: z.array(z.object({ slug: z.string(), title: z.string() })) })
const askingProgram = z.object({ programId: z.string(), answers: z.string() })
