import { type LeadReturn, leadReturn, type ReturnState } from '../../domain/aftercare/lead-return.ts'
import type { Condition, Cursor, Engine, Row } from '../engine/engine.ts'
import { returnEntry, returnsIn, returnsOfSchool } from '../index-keys.ts'
import { deliveryKey, returnKey, type Table } from '../keys.ts'
import { plain, rowOf } from '../rows.ts'
import { acceptReturn, type Decided, refuseReturn, unforgotten } from './decide-return.ts'

type Page = { limit: number; after?: Cursor }
type Standing = { came: 'standing'; standing: LeadReturn }
export type ReturnStore = ReturnType<typeof returnStore>

/** What schools want credit for, and what staff say to that. A delivery has one return at most, decided once. */
export function returnStore(engine: Engine<Table>) {
  const find = async (deliveryId: string): Promise<LeadReturn | undefined> => {
    const row = await engine.get({ in: 'leads', key: returnKey(deliveryId) })
    return row && returnRow.parse(row)
  }
  const listed = async (items: readonly Row[]) => {
    const rows = await Promise.all(items.map(({ pk, sk }) => engine.get({ in: 'leads', key: { pk, sk } })))
    return rows.flatMap((row) => (row ? returnRow.parse(row) : []))
  }

  return {
    find,

    /** `not-delivered`: the school does not have the lead by now, or nothing may be noted of its person any more. */
    async request(asked: LeadReturn): Promise<{ came: 'requested' | 'not-delivered' | 'busy' } | Standing> {
      const { deliveryId, schoolId, requestedAt } = asked
      const timeline = { timelinePk: returnsOfSchool(schoolId), timelineSk: `${requestedAt}#${deliveryId}` }
      const due = returnEntry({ ...asked, at: requestedAt })
      const row = { ...returnKey(deliveryId), ...plain(asked), ...timeline, ...due }
      const outcome = await engine.transact([
        { in: 'leads', put: row, when: { exists: false } },
        { in: 'leads', check: deliveryKey(deliveryId), when: isReturnable(asked) },
      ])
      if (outcome.done) return { came: 'requested' }
      const standing = await find(deliveryId)
      if (standing) return { came: 'standing', standing }
      return { came: outcome.refused[1] === 'condition' ? 'not-delivered' : 'busy' }
    },

    /** What the lead took of caps and budgets is given back in the same transaction, so that it is given back once. */
    accept: (deliveryId: string, decided: Decided) => acceptReturn(engine, deliveryId, decided),

    refuse: (deliveryId: string, decided: Decided) => refuseReturn(engine, deliveryId, decided),

    /** Those that wait, oldest first; those that are decided, latest first. A page may be short: an index may lag behind. */
    async inState(state: ReturnState, page: Page) {
      const order = state === 'requested' ? 'ascending' : 'descending'
      const query = { in: 'leads', index: 'due', pk: returnsIn(state), order, ...page } as const
      const { items, next } = await engine.query(query)
      const returns = (await listed(items)).filter((one) => one.state === state)
      return { returns, ...(next && { next }) }
    },

    /** All of a school, latest first. */
    async ofSchool(schoolId: string, page: Page) {
      const pk = returnsOfSchool(schoolId)
      const { items, next } = await engine.query({ in: 'leads', index: 'timeline', pk, order: 'descending', ...page })
      return { returns: await listed(items), ...(next && { next }) }
    },
  }
}

/** Of the rows of a delivery, the one that tells of its return. */
export function returnAmong(rows: readonly Row[]): LeadReturn | undefined {
  const row = rows.find(({ sk }) => sk === returnKey('').sk)
  return row && returnRow.parse(row)
}

/** As the delivery must be at the moment of the request, whatever was seen before. */
function isReturnable({ schoolId, note }: LeadReturn): Condition {
  const conditions: Condition[] = [
    { attribute: 'schoolId', is: 'equal', value: schoolId },
    { attribute: 'deliveredAt', is: 'present' },
    { attribute: 'erases', is: 'absent' },
    { attribute: 'test', is: 'equal', value: false },
  ]
  return { all: note === undefined ? conditions : [...conditions, unforgotten] }
}

const returnRow = rowOf(leadReturn)
