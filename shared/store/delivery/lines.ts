import * as z from 'zod'
import { type Pace, pace, steady } from '../../domain/delivery/pace.ts'
import { instant } from '../../domain/vocabulary.ts'
import type { Condition, Engine, Write } from '../engine/engine.ts'
import { closedKey, lineKey, slotKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { plain, rowOf } from '../rows.ts'

/** An endpoint that takes nothing any more. A campaign that has another address by now is not closed. */
export const closedEndpoint = z.object({
  campaignId: z.string(),
  kind: z.enum(['webhook', 'email']),
  address: z.string(),
  why: z.enum(['gone', 'bounced', 'complained']),
  at: instant,
})
export type ClosedEndpoint = z.output<typeof closedEndpoint>

/**
 * The line to a school: how it is doing, which of its slots are taken, which of its endpoints are closed. A slot is
 * free once its time has passed, so a deliverer that dies holds none for longer than its lease.
 */
export function lineStore(engine: Engine<Table>) {
  return {
    async of(schoolId: string) {
      const rows = await queryAll(engine, { in: 'leads', pk: lineKey(schoolId).pk, limit: 100 })
      const own = rows.find(({ sk }) => sk === lineKey(schoolId).sk)
      const slots = rows.filter(({ sk }) => sk.startsWith('SLOT#')).map((row) => slotRow.parse(row))
      return {
        pace: own ? paceRow.parse(own) : steady,
        busyUntil: Object.fromEntries(slots.map(({ sk, until }) => [sk.slice('SLOT#'.length), until])),
        closed: rows.filter(({ sk }) => sk.startsWith('CLOSED#')).map((row) => closedRow.parse(row)),
      }
    },

    /** Writes how a school is doing, unless somebody knows it better than who saw `seen`: then that stands. */
    async savePace(schoolId: string, next: Pace, seen: Pace): Promise<void> {
      const when: Condition = { any: [{ exists: false }, { attribute: 'failures', is: 'equal', value: seen.failures }] }
      await engine.transact([{ in: 'leads', put: { ...lineKey(schoolId), ...plain(next) }, when }])
    },

    /** @throws where others were at it: whoever closes it is told of it again. */
    async close(schoolId: string, closed: ClosedEndpoint): Promise<void> {
      const put = { ...closedKey(schoolId, closed.kind, closed.campaignId), ...closed }
      const { done } = await engine.transact([{ in: 'leads', put }])
      if (!done) throw new Error('The endpoint could not be closed.')
    },
  }
}
export type LineStore = ReturnType<typeof lineStore>

/** For the transaction that saves a campaign: who saves it wants its endpoints tried again. */
export function reopenWrites(schoolId: string, campaignId: string): Write<Table>[] {
  return closedEndpoint.shape.kind.options.map((kind) => ({
    in: 'leads',
    delete: closedKey(schoolId, kind, campaignId),
  }))
}

/** One of the places that a school has for attempts at the same time. */
export type Slot = { schoolId: string; number: number }

/** For the transaction that takes a lease: of two who want a slot, one gets it. */
export function takeSlotWrite({ schoolId, number }: Slot, token: string, now: string, until: string): Write<Table> {
  const free: Condition = { any: [{ exists: false }, { attribute: 'until', is: 'at-most', value: now }] }
  return { in: 'leads', change: slotKey(schoolId, number), set: { until, token }, when: free }
}

/** For the transaction that ends a lease: the slot is free from `until` on, if it is still ours. */
export function freeSlotWrite({ schoolId, number }: Slot, token: string, until: string): Write<Table> {
  const ours: Condition = { attribute: 'token', is: 'equal', value: token }
  return { in: 'leads', change: slotKey(schoolId, number), set: { until }, when: ours }
}

const paceRow = rowOf(pace)
const closedRow = rowOf(closedEndpoint)
const slotRow = z.object({ sk: z.string(), until: z.string() })
