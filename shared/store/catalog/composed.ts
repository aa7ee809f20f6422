import * as z from 'zod'
import type { Engine, Key, Row, Write } from '../engine/engine.ts'
import { type Kind, linkKey, manifestKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'

// Room for the manifest in a transaction of 100 writes, the most that DynamoDB takes.
const mostAtOnce = 98

export type ComposedStore = ReturnType<typeof composedStore>

/**
 * Rows that are composed from records when they are written, so that reading them is one look-up. Each record owns the
 * rows made from it; its manifest says which, so that a row that is no longer due is taken away.
 */
export function composedStore(engine: Engine<Table>) {
  const manifestOf = async (kind: Kind, id: string) => {
    const row = await engine.get({ in: 'catalog', key: manifestKey(kind, id) })
    return row ? manifest.parse(row) : { revision: 0, keys: [] }
  }

  return {
    /**
     * Puts the rows of a record in place of those it had. `compose` reads what the rows are made from, and is asked
     * again where another writer came between. A small set changes at once; a large one is complete when this returns,
     * and a writer that dies midway is mended by the next.
     */
    async compose(kind: Kind, id: string, compose: () => Promise<Row[]>): Promise<void> {
      for (;;) {
        const before = await manifestOf(kind, id)
        const rows = await compose()
        if (await replace(kind, id, before, rows)) return
      }
    },

    /** The records of a kind that are composed anew when this one changes. */
    async dependents(kind: Kind, id: string, of: Kind): Promise<string[]> {
      const links = await linksOf(kind, id, of)
      return links.map(({ sk }) => sk.slice(of.length + 1))
    },

    /** What the links from a record carry. */
    async linked(kind: Kind, id: string, of: Kind): Promise<Row[]> {
      return linksOf(kind, id, of)
    },
  }

  function linksOf(kind: Kind, id: string, of: Kind): Promise<Row[]> {
    const { pk, sk } = linkKey([kind, id], [of, ''])
    return queryAll(engine, { in: 'catalog', pk, sk: { prefix: sk }, limit: 1000 })
  }

  async function replace(kind: Kind, id: string, before: Manifest, rows: readonly Row[]): Promise<boolean> {
    const stale = before.keys.filter((old) => !rows.some((row) => same(row, old)))
    const writes: Write<Table>[] = [
      ...rows.map((row) => ({ in: 'catalog', put: row }) as const),
      ...stale.map((old) => ({ in: 'catalog', delete: old }) as const),
    ]
    const owned = rows.map(({ pk, sk }) => ({ pk, sk }))
    const step = (revision: number, keys: Key[], chunk: Write<Table>[]) =>
      engine.transact([
        {
          in: 'catalog',
          put: { ...manifestKey(kind, id), revision: revision + 1, keys },
          when: revision === 0 ? { exists: false } : { attribute: 'revision', is: 'equal', value: revision },
        },
        ...chunk,
      ])

    const chunks = writes.length > mostAtOnce ? inChunks(writes) : [writes]
    for (const [index, chunk] of chunks.entries()) {
      const last = index === chunks.length - 1
      const { done } = await step(before.revision + index, last ? owned : [...owned, ...stale], chunk)
      if (!done) return false
    }
    return true
  }
}

type Manifest = z.output<typeof manifest>
const manifest = z.object({ revision: z.int(), keys: z.array(z.object({ pk: z.string(), sk: z.string() })) })

function same(a: Key, b: Key): boolean {
  return a.pk === b.pk && a.sk === b.sk
}

function inChunks(writes: readonly Write<Table>[]): Write<Table>[][] {
  const count = Math.ceil(writes.length / mostAtOnce)
  return Array.from({ length: count }, (_, at) => writes.slice(at * mostAtOnce, (at + 1) * mostAtOnce))
}
