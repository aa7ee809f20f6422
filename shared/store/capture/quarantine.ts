import * as z from 'zod'
import { lead, type QuarantineReview } from '../../domain/capture/lead.ts'
import { abuseVerdict } from '../../domain/capture/spam-rules.ts'
import type { Condition, Cursor, Engine, Write } from '../engine/engine.ts'
import { offerEntry, quarantinePartition } from '../index-keys.ts'
import { leadKey, type Table } from '../keys.ts'
import { toItem, toRowSchema } from '../rows.ts'

/** Leads that are held for review by staff. A lead can leave the quarantine only once. */
export function quarantineStore(engine: Engine<Table>) {
  return {
    /** The held leads, oldest first. A page may be shorter than its limit, because the index may lag behind. */
    async list(page: { limit: number; after?: Cursor }) {
      const { items, next } = await engine.query({ in: 'leads', index: 'due', pk: quarantinePartition, ...page })
      const rows = await Promise.all(items.map(({ pk, sk }) => engine.get({ in: 'leads', key: { pk, sk } })))
      const leads = rows.flatMap((row) => (row?.quarantine === 'held' ? heldLeadRow.parse(row) : []))
      return { leads, ...(next && { next }) }
    },

    /** Makes the lead due for an offer at the time of the review. Returns false if it is no longer held. */
    async release(leadId: string, review: QuarantineReview, also: readonly Write<Table>[] = []): Promise<boolean> {
      const set = { quarantine: 'released', review: toItem(review), ...offerEntry(leadId, review.at) }
      const { done } = await engine.transact([{ in: 'leads', change: leadKey(leadId), set, when: isHeld }, ...also])
      return done
    },

    /** Keeps the lead without ever offering it. Returns false if it is no longer held. */
    async reject(leadId: string, review: QuarantineReview, also: readonly Write<Table>[] = []): Promise<boolean> {
      const set = { quarantine: 'rejected', review: toItem(review) }
      const remove = ['duePk', 'dueSk']
      const { done } = await engine.transact([
        { in: 'leads', change: leadKey(leadId), set, remove, when: isHeld },
        ...also,
      ])
      return done
    },
  }
}
export type QuarantineStore = ReturnType<typeof quarantineStore>

const isHeld: Condition = { attribute: 'quarantine', is: 'equal', value: 'held' }
const heldLeadRow = toRowSchema(lead)
  .pick({ leadId: true, receivedAt: true, careerSlug: true, state: true, sourceId: true, test: true })
  .extend({ abuse: z.object(abuseVerdict.shape) })
