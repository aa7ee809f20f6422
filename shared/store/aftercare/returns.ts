import { type LeadReturn, leadReturn, type ReturnState } from '../../domain/aftercare/lead-return.ts'
import type { Condition, Cursor, Engine, Row } from '../engine/engine.ts'
import { returnEntry, returnsPartition, schoolReturnsPartition } from '../index-keys.ts'
import { deliveryKey, returnKey, type Table } from '../keys.ts'
import { toItem, toRowSchema } from '../rows.ts'
import { acceptReturn, notErased, type ReturnDecision, refuseReturn } from './decide-return.ts'

type Page = { limit: number; after?: Cursor }
type ExistingReturn = { kind: 'standing'; existing: LeadReturn }
export type ReturnStore = ReturnType<typeof returnStore>

/** What schools want credit for, and what staff say to that. A delivery has one return at most, decided once. */
export function returnStore(engine: Engine<Table>) {
  const find = async (deliveryId: string): Promise<LeadReturn | undefined> => {
    const row = await engine.get({ in: 'leads', key: returnKey(deliveryId) })
    return row && returnRow.parse(row)
  }
  const readReturns = async (items: readonly Row[]) => {
    const rows = await Promise.all(items.map(({ pk, sk }) => engine.get({ in: 'leads', key: { pk, sk } })))
    return rows.flatMap((row) => (row ? returnRow.parse(row) : []))
  }

  return {
    find,

    /** `not-delivered`: the school does not have the lead by now, or nothing may be noted of its person any more. */
    async request(request: LeadReturn): Promise<{ kind: 'requested' | 'not-delivered' | 'busy' } | ExistingReturn> {
      const { deliveryId, schoolId, requestedAt } = request
      const timeline = { timelinePk: schoolReturnsPartition(schoolId), timelineSk: `${requestedAt}#${deliveryId}` }
      const due = returnEntry({ ...request, at: requestedAt })
      const row = { ...returnKey(deliveryId), ...toItem(request), ...timeline, ...due }
      const outcome = await engine.transact([
        { in: 'leads', put: row, when: { exists: false } },
        { in: 'leads', check: deliveryKey(deliveryId), when: ifReturnable(request) },
      ])
      if (outcome.done) return { kind: 'requested' }
      const existing = await find(deliveryId)
      if (existing) return { kind: 'standing', existing }
      return { kind: outcome.refused[1] === 'condition' ? 'not-delivered' : 'busy' }
    },

    /** What the lead took of caps and budgets is given back in the same transaction, so that it is given back once. */
    accept: (deliveryId: string, decision: ReturnDecision) => acceptReturn(engine, deliveryId, decision),

    refuse: (deliveryId: string, decision: ReturnDecision) => refuseReturn(engine, deliveryId, decision),

    /** Those that wait, oldest first; those that are decided, latest first. A page may be short: an index may lag behind. */
    async listByState(state: ReturnState, page: Page) {
      const order = state === 'requested' ? 'ascending' : 'descending'
      const query = { in: 'leads', index: 'due', pk: returnsPartition(state), order, ...page } as const
      const { items, next } = await engine.query(query)
      const returns = (await readReturns(items)).filter((one) => one.state === state)
      return { returns, ...(next && { next }) }
    },

    /** All of a school, latest first. */
    async listBySchool(schoolId: string, page: Page) {
      const pk = schoolReturnsPartition(schoolId)
      const { items, next } = await engine.query({ in: 'leads', index: 'timeline', pk, order: 'descending', ...page })
      return { returns: await readReturns(items), ...(next && { next }) }
    },
  }
}

/** Of the rows of a delivery, the one that tells of its return. */
export function parseReturn(rows: readonly Row[]): LeadReturn | undefined {
  const row = rows.find(({ sk }) => sk === returnKey('').sk)
  return row && returnRow.parse(row)
}

/** As the delivery must be at the moment of the request, whatever was seen before. */
function ifReturnable({ schoolId, note }: LeadReturn): Condition {
  const conditions: Condition[] = [
    { attribute: 'schoolId', is: 'equal', value: schoolId },
    { attribute: 'deliveredAt', is: 'present' },
    { attribute: 'erases', is: 'absent' },
    { attribute: 'test', is: 'equal', value: false },
  ]
  return { all: note === undefined ? conditions : [...conditions, notErased] }
}

const returnRow = toRowSchema(leadReturn)
