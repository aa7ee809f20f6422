import * as z from 'zod'
import type { Cursor, Engine, Write } from '../engine/engine.ts'
import { publishIntentKey, type StoredRecordKind, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'

/**
 * A kind of records; `pages`: only the pages of a career, because a program on them changed; `deliveries`: the waiting
 * deliveries of a school, because a campaign of it was removed.
 */
export type IntentKind = StoredRecordKind | 'pages' | 'deliveries'

/**
 * A record was written or removed, and the rows that show it may not be composed yet. `intentId` tells writes apart.
 * `removal`: the keys of the removed school or source must be revoked. `progress`: the last step that was done.
 */
export type PublishIntent = {
  kind: IntentKind
  id: string
  intentId: string
  removal: boolean
  progress?: string | undefined
  /** When it was opened; absent in older rows. */
  at?: string | undefined
  /** Until then the worker leaves it to an import, which composes the pages of all its records once. */
  notBefore?: string | undefined
}

type NewIntent = Pick<PublishIntent, 'kind' | 'id' | 'intentId' | 'notBefore'> & { removal?: boolean; at: string }

/**
 * Part of the transaction that writes or removes a record. It renews an open intent of the record, but not that of a
 * removal: a record is created again only when nothing of the removed one is left.
 */
export function openIntentWrite({ kind, id, intentId, removal = false, at, notBefore }: NewIntent): Write<Table> {
  return {
    in: 'catalog',
    put: {
      ...publishIntentKey(kind, id),
      kind,
      id,
      intentId,
      removal,
      at,
      ...(notBefore !== undefined && { notBefore }),
    },
    ...(!removal && { when: notRemoval }),
  }
}

/** The open intents of all records. The partition is normally empty. */
export function publishIntentStore(engine: Engine<Table>) {
  return {
    async find(kind: IntentKind, id: string): Promise<PublishIntent | undefined> {
      const row = await engine.get({ in: 'catalog', key: publishIntentKey(kind, id) })
      return row && intentRow.parse(row)
    },

    list: () => listOpenIntents(engine),

    /** Opens intents of their own, apart from the write of a record. */
    async open(intents: readonly NewIntent[]): Promise<void> {
      for (let start = 0; start < intents.length; start += intentsPerTransaction)
        await engine.transact(intents.slice(start, start + intentsPerTransaction).map(openIntentWrite))
    },

    async listPage(page: { limit: number; after?: Cursor }): Promise<{ intents: PublishIntent[]; next?: Cursor }> {
      const { items, next } = await engine.query({ in: 'catalog', pk: intentsPartition, ...page })
      return { intents: items.map((row) => intentRow.parse(row)), ...(next && { next }) }
    },

    /** Has no effect if a later write renewed the intent: its steps start from the beginning. */
    async saveProgress({ kind, id, intentId }: PublishIntent, progress: string): Promise<void> {
      const when = { attribute: 'intentId', is: 'equal', value: intentId } as const
      await engine.transact([{ in: 'catalog', change: publishIntentKey(kind, id), set: { progress }, when }])
    },

    /** Has no effect if a later write renewed the intent. */
    async close({ kind, id, intentId }: Pick<PublishIntent, 'kind' | 'id' | 'intentId'>): Promise<void> {
      const when = { attribute: 'intentId', is: 'equal', value: intentId } as const
      await engine.transact([{ in: 'catalog', delete: publishIntentKey(kind, id), when }])
    },
  }
}

export async function listOpenIntents(engine: Engine<Table>): Promise<PublishIntent[]> {
  const rows = await queryAll(engine, { in: 'catalog', pk: intentsPartition, limit: 1000 })
  return rows.map((row) => intentRow.parse(row))
}

const intentsPerTransaction = 90
const intentsPartition = publishIntentKey('careers', '').pk
const notRemoval = {
  any: [{ exists: false }, { attribute: 'removal', is: 'equal', value: false }],
} as const
const intentRow = z.object({
  kind: z.enum(['pages', 'careers', 'schools', 'programs', 'campaigns', 'sources', 'state-figures', 'deliveries']),
  id: z.string(),
  intentId: z.string(),
  removal: z.boolean(),
  progress: z.string().optional(),
  at: z.string().optional(),
  notBefore: z.string().optional(),
})
