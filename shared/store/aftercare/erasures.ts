import * as z from 'zod'
import { type Erasure, erasure } from '../../domain/aftercare/erasure.ts'
import type { Cursor, Engine } from '../engine/engine.ts'
import { erasuresPartition } from '../index-keys.ts'
import { erasureKey, noticeKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { plain, rowOf } from '../rows.ts'

export type ErasureStore = ReturnType<typeof erasureStore>

/** Receipts of erasures. While one runs it knows by which HMACs its person is found; after that it knows nothing of them. */
export function erasureStore(engine: Engine<Table>) {
  const find = async (erasureId: string): Promise<KeptErasure | undefined> => {
    const row = await engine.get({ in: 'leads', key: erasureKey(erasureId) })
    return row && keptErasure.parse(row)
  }

  return {
    find,

    /** @throws where too much is going on: nothing has begun then. */
    async start(begun: Pick<Erasure, 'erasureId' | 'requestedAt' | 'by'>, people: readonly string[]): Promise<void> {
      const { erasureId, requestedAt } = begun
      const entry = `${requestedAt}#${erasureId}`
      const index = { duePk: erasuresPartition, dueSk: entry, timelinePk: erasuresPartition, timelineSk: entry }
      const row = { ...erasureKey(erasureId), ...plain({ ...begun, state: 'running', leads: 0, people }), ...index }
      const { done } = await engine.transact([{ in: 'leads', put: row, when: { exists: false } }])
      if (!done) throw new Error('The erasure could not be written, and has not begun.')
    },

    /** Nobody is found by it any more. Who ends it a second time changes nothing. */
    async end(erasureId: string, endedAt: string): Promise<void> {
      const set = { state: 'done', endedAt }
      const remove = ['people', 'duePk', 'dueSk']
      const when = { attribute: 'state', is: 'equal', value: 'running' } as const
      await engine.transact([{ in: 'leads', change: erasureKey(erasureId), set, remove, when }])
    },

    /** The ids of those that run, the oldest first. */
    async running(): Promise<string[]> {
      const { items } = await engine.query({ in: 'leads', index: 'due', pk: erasuresPartition, limit: mostAtOnce })
      return items.map(({ pk }) => idIn(pk))
    },

    /** All that ever were, latest first. */
    async list(page: { limit: number; after?: Cursor }) {
      const query = { in: 'leads', index: 'timeline', pk: erasuresPartition, order: 'descending', ...page } as const
      const { items, next } = await engine.query(query)
      const found = await Promise.all(items.map(({ pk }) => find(idIn(pk))))
      return { erasures: found.flatMap((one) => one ?? []), ...(next && { next }) }
    },

    /** The deliveries that tell schools of it. */
    async notices(erasureId: string): Promise<string[]> {
      const { pk, sk } = noticeKey(erasureId, '')
      const rows = await queryAll(engine, { in: 'leads', pk, sk: { prefix: sk }, limit: 100 })
      return rows.map((row) => row.sk.slice(sk.length))
    },
  }
}

// The others have their turn when these have ended.
const mostAtOnce = 20

function idIn(pk: string): string {
  return pk.slice(erasureKey('').pk.length)
}

const keptErasure = rowOf(erasure).extend({ people: z.array(z.string()).default([]) })
/** `people`: the HMACs by which its person is found, while it runs. */
export type KeptErasure = z.output<typeof keptErasure>
