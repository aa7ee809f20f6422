import * as z from 'zod'
import { lead } from '../../domain/capture/lead.ts'
import { toOwnerName } from '../../domain/catalog/generation.ts'
import { toSchoolOwner } from '../../domain/delivery/binding.ts'
import { type Delivery, delivery } from '../../domain/delivery/delivery.ts'
import { type RollUpFigures, rollUpFigures } from '../../domain/reporting/figures.ts'
import type { RollUpDelivery } from '../../domain/reporting/roll-up.ts'
import { parseDispositions } from '../aftercare/dispositions.ts'
import { parseReturn } from '../aftercare/returns.ts'
import { rowBinding, showLease } from '../delivery/delivery-row.ts'
import { countItemBytes } from '../engine/count-item-bytes.ts'
import type { Condition, Cursor, Engine } from '../engine/engine.ts'
import { leadsPartition } from '../index-keys.ts'
import { deliveryKey, reportKey, type Table } from '../keys.ts'
import { pack, unpack } from '../packed.ts'
import { queryAll } from '../query-all.ts'
import { toRowSchema } from '../rows.ts'

/** The last count of a day. Leads received after `until` are not included. */
export type DayReport = RollUpFigures & { day: string; until: string; finishedAt: string }
/** The progress of an unfinished run. */
export type RollUpProgress = { until: string; after: Cursor; partial: RollUpFigures }

export type RollUpStore = ReturnType<typeof rollUpStore>

/** The rows that roll-ups count, and the stored counts. No contact details are read. */
export function rollUpStore(engine: Engine<Table>) {
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
        dispositions: parseDispositions(rows).map(({ disposition }) => disposition),
        leadReturn: parseReturn(rows),
      }
    },

    async findProgress(day: string): Promise<RollUpProgress | undefined> {
      const row = await engine.get({ in: 'leads', key: reportKey('daily', day) })
      const { until = '', underWay: progress } = row ? reportRow.parse(row) : {}
      // Progress is void if a later run has finished since.
      return progress && progress.until > until ? progress : undefined
    },

    /** The instant up to which each day of a span was counted; uncounted days are absent. Both ends are inclusive. */
    async listFreshness(from: string, to: string): Promise<Map<string, string>> {
      const rows = (await queryDays(engine, from, to)).map((row) => dayRow.parse(row))
      return new Map(rows.flatMap(({ sk, until }) => (until === undefined ? [] : [[sk, until] as const])))
    },

    async findFirstReportDay(): Promise<string | undefined> {
      const { items } = await engine.query({ in: 'leads', pk: reportKey('daily', '').pk, limit: 1 })
      return items[0]?.sk
    },

    /** The counted days of a span, oldest first, in the memory of a few. Both ends are inclusive. */
    async *readReports(from: string, to: string): AsyncGenerator<DayReport> {
      let after: Cursor | undefined
      do {
        const page = { sk: { from, to }, limit: reportsPerPage, ...(after && { after }) }
        const { items, next } = await engine.query({ in: 'leads', pk: reportKey('daily', '').pk, ...page })
        for (const row of items) {
          const { sk: day, until, finished } = reportRow.parse(row)
          if (until && finished) yield { day, until, ...finished }
        }
        after = next
      } while (after)
    },

    async saveProgress(day: string, { partial, ...position }: RollUpProgress): Promise<void> {
      const set = { underWay: { ...position, ...pack(partial) } }
      await engine.transact([{ in: 'leads', change: reportKey('daily', day), set }])
    },

    /** Of two concurrent runs of one day, the one that read later wins. */
    async saveReport({ day, until, finishedAt, ...report }: DayReport): Promise<void> {
      const packed = pack(report)
      const { groups: _, ...smaller } = report
      const fits =
        Buffer.byteLength(JSON.stringify(report)) <= maxPlainBytes || countItemBytes(packed) <= maxPackedBytes
      const set = { until, finished: { finishedAt, ...(fits ? packed : pack(smaller)) } }
      const change = { change: reportKey('daily', day), set, remove: ['underWay'], when: ifOlder(until) }
      await engine.transact([{ in: 'leads', ...change }])
    },
  }
}

const reportsPerPage = 31
/** An item of DynamoDB holds 400 KiB. A day of some ten thousand groups is stored without them. */
const maxPackedBytes = 300 * 1024
const maxPlainBytes = 64 * 1024

function queryDays(engine: Engine<Table>, from: string, to: string) {
  const { pk } = reportKey('daily', '')
  return queryAll(engine, { in: 'leads', pk, sk: { from, to }, limit: 100 })
}

function ifOlder(until: string): Condition {
  const attribute = 'until'
  return {
    any: [
      { attribute, is: 'absent' },
      { attribute, is: 'at-most', value: until },
    ],
  }
}

const leadRow = toRowSchema(lead)
  .pick({ leadId: true, sourceId: true, outcome: true, test: true })
  // The index has both until the data of the person are deleted.
  .extend({ careerSlug: z.string().optional(), state: z.string().optional() })
export type RollUpLead = z.output<typeof leadRow>
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

const packedRollUp = z.looseObject({}).transform((row) => rollUpFigures.parse(unpack(row)))
/** `until` is an attribute of its own because the write condition reads it. */
const dayRow = z.object({ sk: z.string(), until: z.string().optional() })
const reportRow = dayRow.extend({
  finished: z
    .looseObject({ finishedAt: z.string() })
    .transform((row) => ({ finishedAt: row.finishedAt, ...packedRollUp.parse(row) }))
    .optional(),
  underWay: z
    .looseObject({ until: z.string(), after: z.record(z.string(), z.string()) })
    .transform(({ until, after, ...row }) => ({ until, after, partial: packedRollUp.parse(row) }))
    .optional(),
})
