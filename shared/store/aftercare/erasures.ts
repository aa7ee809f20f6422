import * as z from 'zod'
import { type Erasure, erasure } from '../../domain/aftercare/erasure.ts'
import type { Cursor, Engine, Write } from '../engine/engine.ts'
import { erasuresPartition } from '../index-keys.ts'
import { erasureKey, noticeKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { toItem, toRowSchema } from '../rows.ts'

export type ErasureStore = ReturnType<typeof erasureStore>

/** Receipts of erasures. A running one stores the HMACs by which its person is found; they are removed when it ends. */
export function erasureStore(engine: Engine<Table>) {
  const find = async (erasureId: string): Promise<StoredErasure | undefined> => {
    const row = await engine.get({ in: 'leads', key: erasureKey(erasureId) })
    return row && storedErasure.parse(row)
  }

  return {
    find,

    /** @throws Error if the write conflicts; nothing has started then. */
    async start(
      request: Pick<Erasure, 'erasureId' | 'requestedAt' | 'by'>,
      people: readonly string[],
      also: readonly Write<Table>[] = [],
    ): Promise<void> {
      const { erasureId, requestedAt } = request
      const entry = `${requestedAt}#${erasureId}`
      const index = { duePk: erasuresPartition, dueSk: entry, timelinePk: erasuresPartition, timelineSk: entry }
      const row = { ...erasureKey(erasureId), ...toItem({ ...request, state: 'running', leads: 0, people }), ...index }
      const { done } = await engine.transact([{ in: 'leads', put: row, when: { exists: false } }, ...also])
      if (!done) throw new Error('The erasure could not be stored and has not started.')
    },

    /** Removes the HMACs of the person. Ending an erasure again has no effect. */
    async end(erasureId: string, endedAt: string): Promise<void> {
      const set = { state: 'done', endedAt }
      const remove = ['people', 'duePk', 'dueSk']
      const when = { attribute: 'state', is: 'equal', value: 'running' } as const
      await engine.transact([{ in: 'leads', change: erasureKey(erasureId), set, remove, when }])
    },

    /** IDs of running erasures, oldest first. */
    async listRunning(): Promise<string[]> {
      const { items } = await engine.query({ in: 'leads', index: 'due', pk: erasuresPartition, limit: maxPerRun })
      return items.map(({ pk }) => parseErasureId(pk))
    },

    /** All erasures, latest first. */
    async list(page: { limit: number; after?: Cursor }) {
      const query = { in: 'leads', index: 'timeline', pk: erasuresPartition, order: 'descending', ...page } as const
      const { items, next } = await engine.query(query)
      const storedErasures = await Promise.all(items.map(({ pk }) => find(parseErasureId(pk))))
      return { erasures: storedErasures.flatMap((one) => one ?? []), ...(next && { next }) }
    },

    /** IDs of the notices to schools, which are deliveries. */
    async listNoticeIds(erasureId: string): Promise<string[]> {
      const { pk, sk } = noticeKey(erasureId, '')
      const rows = await queryAll(engine, { in: 'leads', pk, sk: { prefix: sk }, limit: 100 })
      return rows.map((row) => row.sk.slice(sk.length))
    },
  }
}

// The next run of the worker continues with the rest.
const maxPerRun = 20

function parseErasureId(pk: string): string {
  return pk.slice(erasureKey('').pk.length)
}

const storedErasure = toRowSchema(erasure).extend({ people: z.array(z.string()).default([]) })
/** `people`: the HMACs by which its person is found, while it runs. */
export type StoredErasure = z.output<typeof storedErasure>
