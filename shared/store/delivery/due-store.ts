import * as z from 'zod'
import { allowedPriorStates } from '../../domain/delivery/delivery.ts'
import type { Engine } from '../engine/engine.ts'
import { ifLeaseEnded } from '../if-unchanged.ts'
import { dueEntry, duePartition, dueShards, offersPartition } from '../index-keys.ts'
import { deliveryKey, type Table } from '../keys.ts'

/** A due delivery as the due index shows it. `sweeps`: how often the sweeper has queued it since it became due. */
export type DueDelivery = { deliveryId: string; schoolId: string; dueAt: string; sweeps: number; dueSk: string }

/** How far a list of waiting deliveries has come. */
export const waitingPosition = z.object({
  shard: z.int().min(0),
  after: z.record(z.string(), z.string()).optional(),
})
export type WaitingPosition = z.output<typeof waitingPosition>

/** Reads the due index, which holds ids and no personal data. */
export function dueStore(engine: Engine<Table>) {
  const queryDue = async <Entry>(
    now: string,
    partition: (shard: string) => string,
    limit: number,
    row: z.ZodType<Entry>,
  ) => {
    const sk = { to: `${now}#~` }
    const pages = await Promise.all(
      dueShards.map((shard) => engine.query({ in: 'leads', index: 'due', pk: partition(shard), sk, limit })),
    )
    return pages.map(({ items }) => items.map((item) => row.parse(item)))
  }

  /** A page of the waiting and leased deliveries, whenever they are due: by shard, and in each the one due first. */
  async function listWaiting(
    { shard, after }: WaitingPosition = { shard: 0 },
    limit: number,
  ): Promise<{ waiting: DueDelivery[]; next?: WaitingPosition }> {
    const pk = duePartition(dueShards[shard] ?? '')
    const page = await engine.query({ in: 'leads', index: 'due', pk, limit, ...(after && { after }) })
    const hasNextShard = shard + 1 < dueShards.length
    const next = page.next ? { shard, after: page.next } : hasNextShard ? { shard: shard + 1 } : undefined
    return { waiting: page.items.map((item) => dueRow.parse(item)), ...(next && { next }) }
  }

  return {
    /** Returns due deliveries, at most `limit` of each shard, oldest first. */
    async listDeliveries(now: string, limit: number): Promise<DueDelivery[]> {
      return (await queryDue(now, duePartition, limit, dueRow)).flat()
    },

    listWaiting,

    /** Lists the waiting and leased deliveries of a school, whenever they are due. It reads the whole due index. */
    async *listBySchool(schoolId: string): AsyncGenerator<DueDelivery> {
      let position: WaitingPosition | undefined
      do {
        const { waiting, next } = await listWaiting(position, 1000)
        yield* waiting.filter((entry) => entry.schoolId === schoolId)
        position = next
      } while (position)
    },

    /**
     * Claims a due delivery for one sweeper and hides it until `recheckAt`. Returns false if another sweeper or a deliverer
     * has it. The index does not show a lease, which only this write sees.
     */
    async claim(
      { deliveryId, dueSk, sweeps }: DueDelivery,
      { now, recheckAt }: { now: string; recheckAt: string },
    ): Promise<boolean> {
      const { done } = await engine.transact([
        {
          in: 'leads',
          change: deliveryKey(deliveryId),
          set: dueEntry(deliveryId, recheckAt, sweeps + 1),
          when: {
            all: [
              { attribute: 'state', is: 'one-of', values: allowedPriorStates.leased },
              { attribute: 'dueSk', is: 'equal', value: dueSk },
              ifLeaseEnded(now),
            ],
          },
        },
      ])
      return done
    },

    /** Returns the ids of leads to be offered again, by shard, at most `limit` of each, oldest first. */
    async listLeads(now: string, limit: number): Promise<string[][]> {
      return queryDue(now, offersPartition, limit, offerRow)
    },
  }
}

const parseId = (dueSk: string) => dueSk.slice(dueSk.indexOf('#') + 1)
const dueRow = z
  .object({ dueSk: z.string(), schoolId: z.string(), dueAt: z.string(), sweeps: z.int() })
  .transform(({ dueSk, ...row }) => ({ ...row, deliveryId: parseId(dueSk), dueSk }))
const offerRow = z.object({ dueSk: z.string() }).transform(({ dueSk }) => parseId(dueSk))
