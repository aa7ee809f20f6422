import * as z from 'zod'
import { lead } from '../../domain/capture/lead.ts'
import { delivery } from '../../domain/delivery/delivery.ts'
import { type RolledUp, rolledUp } from '../../domain/reporting/figures.ts'
import type { Made } from '../../domain/reporting/roll-up.ts'
import { dispositionsIn } from '../aftercare/dispositions.ts'
import { returnAmong } from '../aftercare/returns.ts'
import type { Condition, Cursor, Engine } from '../engine/engine.ts'
import { leadsOfDay } from '../index-keys.ts'
import { deliveryKey, reportKey, type Table } from '../keys.ts'
import { pack, unpack } from '../packed.ts'
import { queryAll } from '../query-all.ts'
import { rowOf } from '../rows.ts'

/** A day as it was found last. What was received after `until` is not in it. */
export type DayReport = RolledUp & { day: string; until: string; finishedAt: string }
/** How far somebody has come who did not finish. */
export type UnderWay = { until: string; after: Cursor; soFar: RolledUp }

export type RollUpStore = ReturnType<typeof rollUpStore>

/** What the roll-ups are made of, and what has been made of it. No contact details are looked at. */
export function rollUpStore(engine: Engine<Table>) {
  return {
    /** The leads of a day (UTC), oldest first. */
    async leads(day: string, { until, ...page }: { until: string; limit: number; after?: Cursor }) {
      const query = { in: 'leads', index: 'timeline', pk: leadsOfDay(day), sk: { to: `${until}#~` }, ...page } as const
      const { items, next } = await engine.query(query)
      return { leads: items.map((row) => leadRow.parse(row)), ...(next && { next }) }
    },

    /** A delivery and all that its school has told of it. */
    async made(deliveryId: string): Promise<Made | undefined> {
      const { pk, sk } = deliveryKey(deliveryId)
      // Its attempts stand before it. They hold what schools answered, and nobody counts that.
      const rows = await queryAll(engine, { in: 'leads', pk, sk: { from: sk }, limit: 100 })
      const row = rows.find((one) => one.sk === sk)
      return (
        row && {
          ...madeRow.parse(row),
          told: dispositionsIn(rows).map(({ disposition }) => disposition),
          returned: returnAmong(rows),
        }
      )
    },

    async underWay(day: string): Promise<UnderWay | undefined> {
      const row = await engine.get({ in: 'leads', key: reportKey('daily', day) })
      const { until = '', underWay } = row ? reportRow.parse(row) : {}
      // Whoever was overtaken meanwhile has nothing to go on with.
      return underWay && underWay.until > until ? underWay : undefined
    },

    /** How fresh each day of a span is; days that were never rolled up are not there. Both ends are inclusive. */
    async freshness(from: string, to: string): Promise<Map<string, string>> {
      const rows = (await daysIn(engine, from, to)).map((row) => dayRow.parse(row))
      return new Map(rows.flatMap(({ sk, until }) => (until === undefined ? [] : [[sk, until] as const])))
    },

    /** The days of a span that have been rolled up, oldest first. */
    async between(from: string, to: string): Promise<DayReport[]> {
      const rows = (await daysIn(engine, from, to)).map((row) => reportRow.parse(row))
      return rows.flatMap(({ sk: day, until, finished }) => (until && finished ? { day, until, ...finished } : []))
    },

    async leave(day: string, { soFar, ...at }: UnderWay): Promise<void> {
      const set = { underWay: { ...at, ...pack(soFar) } }
      await engine.transact([{ in: 'leads', change: reportKey('daily', day), set }])
    },

    /** Of two who roll up the same day at once, the one who looked later is kept. */
    async finish({ day, until, finishedAt, ...found }: DayReport): Promise<void> {
      const set = { until, finished: { finishedAt, ...pack(found) } }
      const change = { change: reportKey('daily', day), set, remove: ['underWay'], when: olderThan(until) }
      await engine.transact([{ in: 'leads', ...change }])
    },
  }
}

function daysIn(engine: Engine<Table>, from: string, to: string) {
  const { pk } = reportKey('daily', '')
  return queryAll(engine, { in: 'leads', pk, sk: { from, to }, limit: 100 })
}

function olderThan(until: string): Condition {
  const attribute = 'until'
  return {
    any: [
      { attribute, is: 'absent' },
      { attribute, is: 'at-most', value: until },
    ],
  }
}

const leadRow = rowOf(lead).pick({ leadId: true, sourceId: true, outcome: true, test: true })
export type LeadLine = z.output<typeof leadRow>
const madeRow = rowOf(delivery).pick({
  schoolId: true,
  state: true,
  createdAt: true,
  deliveredAt: true,
  priceCents: true,
})

const packed = z.looseObject({}).transform((row) => rolledUp.parse(unpack(row)))
/** `until` is on the row itself, so that a condition can see it. */
const dayRow = z.object({ sk: z.string(), until: z.string().optional() })
const reportRow = dayRow.extend({
  finished: z
    .looseObject({ finishedAt: z.string() })
    .transform((row) => ({ finishedAt: row.finishedAt, ...packed.parse(row) }))
    .optional(),
  underWay: z
    .looseObject({ until: z.string(), after: z.record(z.string(), z.string()) })
    .transform(({ until, after, ...row }) => ({ until, after, soFar: packed.parse(row) }))
    .optional(),
})
