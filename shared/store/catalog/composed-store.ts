import * as z from 'zod'
import type { Engine, Key, Row, Write } from '../engine/engine.ts'
import { linkKey, manifestKey, type StoredRecordKind, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'

// Room for the manifest in a transaction of 100 writes, the most that DynamoDB takes.
const maxAtOnce = 98

export type ComposedStore = ReturnType<typeof composedStore>

/**
 * Rows that are composed from records when they are written, so that reading them is one look-up. Each record owns the
 * rows made from it; its manifest says which, so that a row that is no longer due is taken away.
 */
export function composedStore(engine: Engine<Table>) {
  const readManifest = async (kind: StoredRecordKind, id: string) => {
    const row = await engine.get({ in: 'catalog', key: manifestKey(kind, id) })
    return row ? manifest.parse(row) : { revision: 0, keys: [] }
  }

  return {
    /**
     * Puts the rows of a record in place of those it had. `compose` reads what the rows are made from, and is asked
     * again where another writer came between. A small set changes at once; a large one is complete when this returns,
     * and a writer that dies midway is mended by the next.
     */
    async compose(kind: StoredRecordKind, id: string, compose: () => Promise<Row[]>): Promise<void> {
      for (;;) {
        const before = await readManifest(kind, id)
        const rows = await compose()
        if (await replace(kind, id, before, rows)) return
      }
    },

    /** The records of a kind that are composed anew when this one changes. */
    async listDependents(kind: StoredRecordKind, id: string, dependentKind: StoredRecordKind): Promise<string[]> {
      const links = await readLinks(kind, id, dependentKind)
      return links.map(({ sk }) => sk.slice(dependentKind.length + 1))
    },

    /** What the links from a record carry. */
    async listLinks(kind: StoredRecordKind, id: string, linkedKind: StoredRecordKind): Promise<Row[]> {
      return readLinks(kind, id, linkedKind)
    },
  }

  function readLinks(kind: StoredRecordKind, id: string, linkedKind: StoredRecordKind): Promise<Row[]> {
    const { pk, sk } = linkKey([kind, id], [linkedKind, ''])
    return queryAll(engine, { in: 'catalog', pk, sk: { prefix: sk }, limit: 1000 })
  }

  async function replace(kind: StoredRecordKind, id: string, before: Manifest, rows: readonly Row[]): Promise<boolean> {
    const staleKeys = before.keys.filter((old) => !rows.some((row) => isSameKey(row, old)))
    const writes: Write<Table>[] = [
      ...rows.map((row) => ({ in: 'catalog', put: row }) as const),
      ...staleKeys.map((old) => ({ in: 'catalog', delete: old }) as const),
    ]
    const ownedKeys = rows.map(({ pk, sk }) => ({ pk, sk }))
    const writeStep = (revision: number, keys: Key[], chunk: Write<Table>[]) =>
      engine.transact([
        {
          in: 'catalog',
          put: { ...manifestKey(kind, id), revision: revision + 1, keys },
          when: revision === 0 ? { exists: false } : { attribute: 'revision', is: 'equal', value: revision },
        },
        ...chunk,
      ])

    const chunks = writes.length > maxAtOnce ? splitIntoChunks(writes) : [writes]
    for (const [index, chunk] of chunks.entries()) {
      const last = index === chunks.length - 1
      const { done } = await writeStep(before.revision + index, last ? ownedKeys : [...ownedKeys, ...staleKeys], chunk)
      if (!done) return false
    }
    return true
  }
}

type Manifest = z.output<typeof manifest>
const manifest = z.object({ revision: z.int(), keys: z.array(z.object({ pk: z.string(), sk: z.string() })) })

function isSameKey(a: Key, b: Key): boolean {
  return a.pk === b.pk && a.sk === b.sk
}

function splitIntoChunks(writes: readonly Write<Table>[]): Write<Table>[][] {
  const count = Math.ceil(writes.length / maxAtOnce)
  return Array.from({ length: count }, (_, index) => writes.slice(index * maxAtOnce, (index + 1) * maxAtOnce))
}
