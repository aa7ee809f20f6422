import * as z from 'zod'
import { type Erasure, erasure } from '../../domain/aftercare/erasure.ts'
import type { Cursor, Engine } from '../engine/engine.ts'
import { erasuresPartition } from '../index-keys.ts'
import { erasureKey, noticeKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { toItem, toRowSchema } from '../rows.ts'

export type ErasureStore = ReturnType<typeof erasureStore>

/** Receipts of erasures. While one runs it knows by which HMACs its person is found; after that it knows nothing of them. */
export function erasureStore(engine: Engine<Table>) {
  const find = async (erasureId: string): Promise<StoredErasure | undefined> => {
    const row = await engine.get({ in: 'leads', key: erasureKey(erasureId) })
    return row && storedErasure.parse(row)
  }

  return {
    find,

    /** @throws where too much is going on: nothing has begun then. */
    async start(request: Pick<Erasure, 'erasureId' | 'requestedAt' | 'by'>, people: readonly string[]): Promise<void> {
      const { erasureId, requestedAt } = request
      const entry = `${requestedAt}#${erasureId}`
      const index = { duePk: erasuresPartition, dueSk: entry, timelinePk: erasuresPartition, timelineSk: entry }
      const row = { ...erasureKey(erasureId), ...toItem({ ...request, state: 'running', leads: 0, people }), ...index }
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
    async listRunning(): Promise<string[]> {
      const { items } = await engine.query({ in: 'leads', index: 'due', pk: erasuresPartition, limit: maxAtOnce })
      return items.map(({ pk }) => parseErasureId(pk))
    },

    /** All that ever were, latest first. */
    async list(page: { limit: number; after?: Cursor }) {
      const query = { in: 'leads', index: 'timeline', pk: erasuresPartition, order: 'descending', ...page } as const
      const { items, next } = await engine.query(query)
      const storedErasures = await Promise.all(items.map(({ pk }) => find(parseErasureId(pk))))
      return { erasures: storedErasures.flatMap((one) => one ?? []), ...(next && { next }) }
    },

    /** The deliveries that tell schools of it. */
    async listNoticeIds(erasureId: string): Promise<string[]> {
      const { pk, sk } = noticeKey(erasureId, '')
      const rows = await queryAll(engine, { in: 'leads', pk, sk: { prefix: sk }, limit: 100 })
      return rows.map((row) => row.sk.slice(sk.length))
    },
  }
}

// The others have their turn when these have ended.
const maxAtOnce = 20

function parseErasureId(pk: string): string {
  return pk.slice(erasureKey('').pk.length)
}

const storedErasure = toRowSchema(erasure).extend({ people: z.array(z.string()).default([]) })
/** `people`: the HMACs by which its person is found, while it runs. */
export type StoredErasure = z.output<typeof storedErasure>
