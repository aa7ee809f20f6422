import * as z from 'zod'
import { isRecountMarkNeeded } from '../../domain/reporting/recount.ts'
import { toDay } from '../../domain/time.ts'
import type { Cursor, Engine, Write } from '../engine/engine.ts'
import { getShard } from '../index-keys.ts'
import { deliveryKey, leadKey, recountMarkKey, settledDaysKey, type Table } from '../keys.ts'
import { countLayout } from './day-counts-store.ts'

type ReportedChange = {
  /** At least one of both. */
  leadId?: string | undefined
  deliveryId?: string | undefined
  /** When the lead was received; if unknown, the roll-up looks it up. */
  leadReceivedAt?: string | undefined
  at: string
}
/** A lead that changed after its day was settled. `changes` and `at` tell a later change from the one that was read. */
export type RecountMark = { shard: string; sk: string; day: string | undefined; at: string; changes: number }
/**
 * The days that are recounted only if they are marked: `from` to `through`. Earlier days have no leads. A count from
 * before `markedSince` may miss a change, because it left no mark.
 */
export type SettledDays = { from: string; through: string; markedSince: string }

/**
 * Part of every transaction that changes what reports count of a lead. One row for each lead, so that changes to different
 * leads do not wait for each other; none for a recent lead, whose day is recounted anyway.
 */
export function markRecountWrites({ leadId, deliveryId, leadReceivedAt, at }: ReportedChange): Write<Table>[] {
  if (!isRecountMarkNeeded(leadReceivedAt, at)) return []
  const id = leadId ?? deliveryId ?? ''
  const day = leadReceivedAt === undefined ? unknownDay : toDay(leadReceivedAt)
  const set = { ...(leadId === undefined ? { deliveryId: id } : { leadId }), at }
  return [{ in: 'leads', change: recountMarkKey(getShard(id), `${day}#${id}`), set, add: { changes: 1 } }]
}

export function recountMarkStore(engine: Engine<Table>) {
  return {
    /** The marks of a shard by day, oldest first. */
    async list(shard: string, page: { limit: number; after?: Cursor }) {
      const { items, next } = await engine.query({ in: 'leads', pk: recountMarkKey(shard, '').pk, ...page })
      const marks = await Promise.all(
        items.map(async (row): Promise<RecountMark> => {
          const { sk, at, changes, ...ids } = markRow.parse(row)
          const [day = unknownDay] = sk.split('#')
          return { shard, sk, at, changes, day: day === unknownDay ? await findLeadDay(ids) : day }
        }),
      )
      return { marks, ...(next && { next }) }
    },

    /** Keeps a mark that a later change renewed. */
    async remove({ shard, sk, at, changes }: RecountMark): Promise<void> {
      const isUnchanged = {
        all: [
          { attribute: 'at', is: 'equal', value: at },
          { attribute: 'changes', is: 'equal', value: changes },
        ],
      } as const
      await engine.transact([{ in: 'leads', delete: recountMarkKey(shard, sk), when: isUnchanged }])
    },

    async findSettledDays(): Promise<SettledDays | undefined> {
      const row = await engine.get({ in: 'leads', key: settledDaysKey() })
      // Days that were settled by a count of before have not all that reports show today: they are counted once more.
      return row && settledDaysRow.safeParse(row).data
    },

    /** Of two concurrent runs, the one that settled more days wins. */
    async saveSettledDays({ from, through, markedSince }: SettledDays): Promise<void> {
      const when = {
        any: [
          { attribute: 'layout', is: 'absent' },
          { attribute: 'layout', is: 'below', value: countLayout },
          { attribute: 'through', is: 'at-most', value: through },
        ],
      } as const
      await engine.transact([
        { in: 'leads', change: settledDaysKey(), set: { from, through, markedSince, layout: countLayout }, when },
      ])
    },
  }

  async function findLeadDay({ leadId, deliveryId }: { leadId?: string | undefined; deliveryId?: string | undefined }) {
    const deliveryRow = deliveryId && (await engine.get({ in: 'leads', key: deliveryKey(deliveryId) }))
    const id = deliveryRow ? deliveryRow.leadId : leadId
    const row = typeof id === 'string' ? await engine.get({ in: 'leads', key: leadKey(id) }) : undefined
    return typeof row?.receivedAt === 'string' ? toDay(row.receivedAt) : undefined
  }
}

// Sorts after all dates.
const unknownDay = 'unknown'
const markRow = z.object({
  sk: z.string(),
  at: z.string(),
  changes: z.int(),
  leadId: z.string().optional(),
  deliveryId: z.string().optional(),
})
const settledDaysRow = z.object({
  layout: z.literal(countLayout),
  from: z.string(),
  through: z.string(),
  markedSince: z.string(),
})
