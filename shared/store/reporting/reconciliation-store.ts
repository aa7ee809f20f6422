import * as z from 'zod'
import { lead } from '../../domain/capture/lead.ts'
import { generation, toOwnerName } from '../../domain/catalog/generation.ts'
import { deliveryState } from '../../domain/delivery/delivery.ts'
import type { DeliveryIdentity, ListedDelivery } from '../../domain/reporting/reconciliation.ts'
import { reconciliation, reconciliationTotals } from '../../domain/reporting/reconciliation.ts'
import { toDay } from '../../domain/time.ts'
import type { Cursor, Engine } from '../engine/engine.ts'
import { deliveriesPartition, leadsPartition } from '../index-keys.ts'
import { decisionKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { reportKey } from '../report-keys.ts'
import { toItem, toRowSchema } from '../rows.ts'

/** A delivery that a decision promises, read from the decision and not from the delivery. Schools have their owner names. */
export type PromisedDelivery = DeliveryIdentity & { decidedAt: string }
/** Both ends are inclusive. */
export type ListingSpan = { from: string; to: string }

/**
 * Both sides of the reconciliation, read from separate rows: what decisions promise and what schools list. It reads
 * indexes and decisions only, no contact details and no body of a delivery.
 */
export function reconciliationStore(engine: Engine<Table>) {
  return {
    /** The leads of a day (UTC), oldest first. */
    async listLeads(day: string, { to, ...page }: { to: string; limit: number; after?: Cursor }) {
      const query = { in: 'leads', index: 'timeline', pk: leadsPartition(day), sk: { to: `${to}#~` }, ...page } as const
      const { items, next } = await engine.query(query)
      return { leads: items.map((row) => leadRow.parse(row)), ...(next && { next }) }
    },

    /** One lead, by the instant at which it was received. */
    async findLead(leadId: string, receivedAt: string): Promise<ReconciliationLead | undefined> {
      const pk = leadsPartition(toDay(receivedAt))
      const sk = { prefix: `${receivedAt}#${leadId}` }
      const { items } = await engine.query({ in: 'leads', index: 'timeline', pk, sk, limit: 1 })
      return items[0] && leadRow.parse(items[0])
    },

    /** Every decision on a lead, oldest first, with the deliveries that it created; one of this moment may be missing. */
    async listDecisions(leadId: string) {
      const { pk, sk } = decisionKey(leadId, '')
      const rows = await queryAll(engine, { in: 'leads', pk, sk: { prefix: sk }, limit: 100, mayLag: true })
      return rows.map((row) => {
        const { decidedAt, receivedAt = decidedAt, deliveries } = decisionRow.parse(row)
        return {
          row,
          decidedAt,
          receivedAt,
          promisedDeliveries: deliveries.map(
            ({ schoolId: id, schoolGeneration: generation, deliveryId }): PromisedDelivery => ({
              leadId,
              decidedAt,
              schoolId: toOwnerName({ id, generation }),
              deliveryId,
            }),
          ),
        }
      })
    },

    /** The deliveries that a school lists for a span of time. */
    async listSchoolDeliveries(schoolId: string, { from, to }: ListingSpan): Promise<ListedDelivery[]> {
      const query = { in: 'leads', index: 'timeline', pk: deliveriesPartition(schoolId), limit: 1000 } as const
      const rows = await queryAll(engine, { ...query, sk: { from, to: `${to}#~` } })
      return rows.map((row) => ({ schoolId, ...deliveryRow.parse(row) }))
    },

    /** The entry of one delivery in the list of its school; empty if there is none. */
    async findListedDelivery({ schoolId, deliveryId, decidedAt }: PromisedDelivery): Promise<ListedDelivery[]> {
      const sk = { prefix: `${decidedAt}#${deliveryId}` }
      const pk = deliveriesPartition(schoolId)
      const { items } = await engine.query({ in: 'leads', index: 'timeline', pk, sk, limit: 1 })
      return items.map((row) => ({ schoolId, ...deliveryRow.parse(row) }))
    },

    /** The last result of a day, and the progress of an unfinished run. */
    async findReport(day: string): Promise<StoredReconciliation | undefined> {
      const row = await engine.get({ in: 'leads', key: reportKey('reconciliation', day) })
      return row && storedReconciliation.parse(row)
    },

    /** Concurrent runs of one day find the same; the last write wins. */
    async saveReport(day: string, report: StoredReconciliation): Promise<void> {
      await engine.transact([{ in: 'leads', put: { ...reportKey('reconciliation', day), ...toItem(report) } }])
    },
  }
}

const leadRow = toRowSchema(lead).pick({ leadId: true, receivedAt: true, outcome: true })
export type ReconciliationLead = z.output<typeof leadRow>
const decisionRow = z.object({
  decidedAt: z.string(),
  /** When its lead was received, possibly long before. */
  receivedAt: z.string().optional(),
  deliveries: z.array(z.object({ schoolId: z.string(), deliveryId: z.string(), schoolGeneration: generation })),
})
const deliveryRow = z.object({ leadId: z.string(), deliveryId: z.string(), state: deliveryState })

const reportProgress = z.object({
  until: z.string(),
  /** Where the next part begins, on the leads' side and on the schools' side. */
  after: z.record(z.string(), z.string()),
  listedFrom: z.string(),
  soFar: reconciliationTotals,
})
const storedReconciliation = z.object({ finished: reconciliation.optional(), underWay: reportProgress.optional() })
export type StoredReconciliation = z.output<typeof storedReconciliation>
