import * as z from 'zod'
import { lead } from '../../domain/capture/lead.ts'
import { toOwnerName } from '../../domain/catalog/generation.ts'
import { toSchoolOwner } from '../../domain/delivery/binding.ts'
import { type Delivery, delivery } from '../../domain/delivery/delivery.ts'
import type { RollUpDelivery } from '../../domain/reporting/roll-up/roll-up.ts'
import { parseDispositions } from '../aftercare/dispositions.ts'
import { parseReturn } from '../aftercare/returns.ts'
import { hasPartRows, joinDecisionRows } from '../capture/decision-rows.ts'
import { rowBinding, showLease } from '../delivery/delivery-row.ts'
import type { Cursor, Engine, Row } from '../engine/engine.ts'
import { leadsPartition } from '../index-keys.ts'
import { decisionKey, decisionPartKey, deliveryKey, leadKey, type Table } from '../keys.ts'
import { packed } from '../packed.ts'
import { queryAll } from '../query-all.ts'
import { toRowSchema } from '../rows.ts'
import { dayCountsStore } from './day-counts-store.ts'

export type RollUpStore = ReturnType<typeof rollUpStore>

/** The rows that roll-ups count, and the stored counts. Of contact details it keeps none. `maxBytesInDayRow`: for tests of large days. */
export function rollUpStore(engine: Engine<Table>, maxBytesInDayRow?: number) {
  return {
    /** The leads of a day (UTC), oldest first. */
    async listLeads(day: string, { until, ...page }: { until: string; limit: number; after?: Cursor }) {
      const query = {
        in: 'leads',
        index: 'timeline',
        pk: leadsPartition(day),
        sk: { to: `${until}#~` },
        ...page,
      } as const
      const { items, next } = await engine.query(query)
      return { leads: items.map((row) => leadRow.parse(row)), ...(next && { next }) }
    },

    /** What the list of leads does not say. The labels of an erased person are gone. */
    async findLabels(leadId: string): Promise<z.output<typeof labelsRow>> {
      const row = await engine.get({ in: 'leads', key: leadKey(leadId), mayLag: true })
      return row ? labelsRow.parse(row) : {}
    },

    /** The reason codes of the refusals of a decision, one for each campaign. `row`: as decisions are listed. */
    async listReasons(leadId: string, row: Row): Promise<string[]> {
      const { pk, sk } = decisionPartKey(leadId, 'verdicts', row.sk.slice(decisionKey('', '').sk.length), 0)
      const query = { in: 'leads', pk, sk: { from: sk, to: `${sk}~` }, limit: 100, mayLag: true } as const
      const parts = hasPartRows(row) ? await queryAll(engine, query) : []
      const [joined] = joinDecisionRows([row, ...parts])
      const { verdicts } = verdictsRow.parse(joined)
      return verdicts.flatMap(({ reason }) => reason ?? [])
    },

    /** A delivery with its dispositions and its return, as it was a moment ago. `schoolId` and `campaignId` are owner names. */
    async findDelivery(deliveryId: string): Promise<CountedDelivery | undefined> {
      const { pk, sk } = deliveryKey(deliveryId)
      // Attempts sort before the delivery row and are not counted.
      const rows = await queryAll(engine, { in: 'leads', pk, sk: { from: sk }, limit: 100, mayLag: true })
      const row = rows.find((one) => one.sk === sk)
      if (!row) return undefined
      const { schoolId, campaignId, binding, ...fields } = deliveryRow.parse(showLease(row))
      return {
        ...fields,
        // Figures of a school or campaign are not those of a deleted one that had its ID.
        schoolId: toSchoolOwner({ schoolId, binding }),
        campaignId: toOwnerName({ id: campaignId, generation: binding?.campaignGeneration }),
        dispositions: parseDispositions(rows).map(({ disposition, at }) => ({ disposition, at })),
        leadReturn: parseReturn(rows),
      }
    },

    ...dayCountsStore(engine, maxBytesInDayRow),
  }
}

const leadRow = toRowSchema(lead)
  .pick({ leadId: true, receivedAt: true, sourceId: true, outcome: true, test: true })
  // The index has both until the data of the person are deleted.
  .extend({ careerSlug: z.string().optional(), state: z.string().optional() })
export type RollUpLead = z.output<typeof leadRow>
const labelsRow = lead.pick({ sourceGeneration: true, subIds: true, utm: true }).partial().strip()
const verdictsRow = z.object({ verdicts: packed(z.array(z.object({ reason: z.string().optional() }))) })
const deliveryRow = toRowSchema(delivery)
  .pick({
    schoolId: true,
    campaignId: true,
    programId: true,
    state: true,
    createdAt: true,
    deliveredAt: true,
    priceCents: true,
    payoutCents: true,
    payoutOn: true,
    test: true,
    erases: true,
    withdraws: true,
  })
  .extend({ binding: rowBinding })

/** `erases`, `withdraws`: it is a notice, and no lead. */
type CountedDelivery = RollUpDelivery & Pick<Delivery, 'test' | 'erases' | 'withdraws'>
