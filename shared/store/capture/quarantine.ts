import * as z from 'zod'
import { abuse } from '../../domain/capture/abuse.ts'
import { lead } from '../../domain/capture/lead.ts'
import type { Condition, Cursor, Engine } from '../engine/engine.ts'
import { offerEntry, quarantined } from '../index-keys.ts'
import { leadKey, type Table } from '../keys.ts'
import { rowOf } from '../rows.ts'

/** Leads that are kept back for staff. A lead leaves the quarantine once, whoever is at it. */
export function quarantineStore(engine: Engine<Table>) {
  return {
    /** Who waits there, the oldest first. A page may be shorter than its limit: an index may lag behind. */
    async list(page: { limit: number; after?: Cursor }) {
      const { items, next } = await engine.query({ in: 'leads', index: 'due', pk: quarantined, ...page })
      const rows = await Promise.all(items.map(({ pk, sk }) => engine.get({ in: 'leads', key: { pk, sk } })))
      const leads = rows.flatMap((row) => (row?.quarantine === 'held' ? heldRow.parse(row) : []))
      return { leads, ...(next && { next }) }
    },

    /** Offers the lead from `offerAt` on, as one that waits. False where it is not held any more. */
    async release(leadId: string, offerAt: string): Promise<boolean> {
      const set = { quarantine: 'released', ...offerEntry(leadId, offerAt) }
      const { done } = await engine.transact([{ in: 'leads', change: leadKey(leadId), set, when: held }])
      return done
    },

    /** Keeps the lead and offers it to nobody, ever. False where it is not held any more. */
    async reject(leadId: string): Promise<boolean> {
      const set = { quarantine: 'rejected' }
      const remove = ['duePk', 'dueSk']
      const { done } = await engine.transact([{ in: 'leads', change: leadKey(leadId), set, remove, when: held }])
      return done
    },
  }
}
export type QuarantineStore = ReturnType<typeof quarantineStore>

const held: Condition = { attribute: 'quarantine', is: 'equal', value: 'held' }
const heldRow = rowOf(lead)
  .pick({ leadId: true, receivedAt: true, careerSlug: true, state: true, sourceId: true, test: true })
  .extend({ abuse: z.object(abuse.shape) })
