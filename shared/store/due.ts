import * as z from 'zod'
import type { Engine } from './engine/engine.ts'
import { duePartition, dueShards, offersPartition, type Table } from './keys.ts'

/** What has come due, from the due index alone: it holds ids and nothing of a person. */
export function dueStore(engine: Engine<Table>) {
  const until = async (now: string, partition: (shard: string) => string, limit: number) => {
    const sk = { to: `${now}#~` }
    const pages = await Promise.all(
      dueShards.map((shard) => engine.query({ in: 'leads', index: 'due', pk: partition(shard), sk, limit })),
    )
    return pages.map(({ items }) => items.map((row) => dueRow.parse(row)))
  }

  return {
    /** Deliveries to be tried, at most `limit` of each shard, the oldest first. */
    async deliveries(now: string, limit: number) {
      return (await until(now, duePartition, limit)).flat().map(({ id, schoolId }) => ({ deliveryId: id, schoolId }))
    },

    /** Leads to be offered again, by shard, at most `limit` of each, the oldest first. */
    async leads(now: string, limit: number): Promise<string[][]> {
      return (await until(now, offersPartition, limit)).map((shard) => shard.map(({ id }) => id))
    },
  }
}

const dueRow = z
  .object({ dueSk: z.string(), schoolId: z.string().default('') })
  .transform(({ dueSk, schoolId }) => ({ id: dueSk.slice(dueSk.indexOf('#') + 1), schoolId }))
