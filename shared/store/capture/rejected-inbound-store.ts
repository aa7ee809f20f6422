import { type RejectedInbound, rejectedInbound } from '../../domain/capture/inbound/rejected-inbound.ts'
import { addDays } from '../../domain/time.ts'
import type { Cursor, Engine, Write } from '../engine/engine.ts'
import { toEpochSeconds } from '../engine/expiry.ts'
import { rejectedInboundPartition } from '../index-keys.ts'
import { rejectedInboundKey, type Table } from '../keys.ts'
import { toItem, toRowSchema } from '../rows.ts'

export type RejectedInboundStore = ReturnType<typeof rejectedInboundStore>

/** Vendors keep a lead for at most 90 days, and then it cannot be looked up there. */
const retentionDays = 90

/** Leads of lead forms that could not be taken, until staff have handled them. They have no personal data. */
export function rejectedInboundStore(engine: Engine<Table>) {
  return {
    /** Lists the lead. One that its vendor sends again is listed once, with the latest reason. */
    async record({ inboundId, ...rejection }: RejectedInbound): Promise<void> {
      const row = {
        ...rejectedInboundKey(inboundId),
        inboundId,
        ...toItem(rejection),
        timelinePk: rejectedInboundPartition,
        timelineSk: `${rejection.at}#${inboundId}`,
        expiresAt: toEpochSeconds(new Date(addDays(rejection.at, retentionDays))),
      }
      await engine.transact([{ in: 'leads', put: row }])
    },

    /** Latest first. */
    async list(page: { limit: number; after?: Cursor }) {
      const query = {
        in: 'leads',
        index: 'timeline',
        pk: rejectedInboundPartition,
        order: 'descending',
        ...page,
      } as const
      const { items, next } = await engine.query(query)
      const rows = await Promise.all(items.map(({ pk, sk }) => engine.get({ in: 'leads', key: { pk, sk } })))
      return {
        rejected: rows.flatMap((row) => (row && 'timelinePk' in row ? rejectedInboundRow.parse(row) : [])),
        ...(next && { next }),
      }
    },

    /** Takes the lead off the list because it was taken after all. */
    async remove(inboundId: string): Promise<void> {
      await engine.transact([{ in: 'leads', delete: rejectedInboundKey(inboundId) }])
    },

    /** Takes the lead off the list. `also`: the audit entry. Returns false if there is no such lead; one that is off it stays off. */
    async markHandled(inboundId: string, also: readonly Write<Table>[]): Promise<boolean> {
      const key = rejectedInboundKey(inboundId)
      const remove = ['timelinePk', 'timelineSk']
      const when = { attribute: 'timelinePk', is: 'present' } as const
      const { done } = await engine.transact([{ in: 'leads', change: key, remove, when }, ...also])
      return done || (await engine.get({ in: 'leads', key })) !== undefined
    },
  }
}

const rejectedInboundRow = toRowSchema(rejectedInbound)
