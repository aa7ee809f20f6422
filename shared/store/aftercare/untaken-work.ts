import { type UntakenWork, untakenWork } from '../../domain/aftercare/untaken-work.ts'
import type { Cursor, Engine, Write } from '../engine/engine.ts'
import { untakenWorkPartition } from '../index-keys.ts'
import { type Table, untakenWorkKey } from '../keys.ts'
import { toItem, toRowSchema } from '../rows.ts'

export type UntakenWorkStore = ReturnType<typeof untakenWorkStore>

/** Refused acts of schools on leads that they never took: one row for each delivery, open until staff have handled it. */
export function untakenWorkStore(engine: Engine<Table>) {
  return {
    /** Opens the row of the delivery, or opens it again with the latest act. */
    async record({ deliveryId, ...work }: Omit<UntakenWork, 'count'>): Promise<void> {
      const timeline = { timelinePk: untakenWorkPartition, timelineSk: `${work.at}#${deliveryId}` }
      const set = { deliveryId, ...toItem(work), ...timeline }
      await engine.transact([{ in: 'leads', change: untakenWorkKey(deliveryId), set, add: { count: 1 } }])
    },

    /** Open ones, latest first. */
    async list(page: { limit: number; after?: Cursor }) {
      const query = { in: 'leads', index: 'timeline', pk: untakenWorkPartition, order: 'descending', ...page } as const
      const { items, next } = await engine.query(query)
      const rows = await Promise.all(items.map(({ pk, sk }) => engine.get({ in: 'leads', key: { pk, sk } })))
      const open = rows.flatMap((row) => (row && 'timelinePk' in row ? untakenWorkRow.parse(row) : []))
      return { untakenWork: open, ...(next && { next }) }
    },

    /** Takes the delivery off the list. `also`: the audit entry. Returns false if it is not on it. */
    async markHandled(deliveryId: string, also: readonly Write<Table>[]): Promise<boolean> {
      const remove = ['timelinePk', 'timelineSk']
      const when = { attribute: 'timelinePk', is: 'present' } as const
      const { done } = await engine.transact([
        { in: 'leads', change: untakenWorkKey(deliveryId), remove, when },
        ...also,
      ])
      return done
    },
  }
}

const untakenWorkRow = toRowSchema(untakenWork)
