import * as z from 'zod'
import { deliveryState } from '../domain/delivery.ts'
import { type LeadReturn, leadReturn, type ReturnState, returnEnteredFrom } from '../domain/lead-return.ts'
import type { Condition, Cursor, Engine, Row, Write } from './engine/engine.ts'
import { returnEntry, returnsIn, returnsOfSchool } from './index-keys.ts'
import { counterKey, deliveryKey, returnKey, type Table } from './keys.ts'
import { plain, rowOf } from './rows.ts'

type Page = { limit: number; after?: Cursor }
type Standing = { came: 'standing'; standing: LeadReturn }
export type Decided = { decidedAt: string; decidedBy: { keyId: string; name: string }; answer?: string | undefined }
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
    async accept(deliveryId: string, decided: Decided): Promise<'accepted' | 'left' | 'not-delivered' | 'busy'> {
      for (let turn = 0; turn < mostTurns; turn++) {
        const row = await engine.get({ in: 'leads', key: deliveryKey(deliveryId) })
        if (!row) return 'left'
        const { taken } = takenRow.parse(row)
        const outcome = await engine.transact([
          decidedWrite(deliveryId, 'accepted', decided),
          givenBackWrite(deliveryId, decided.decidedAt),
          ...taken.map(giveBackWrite),
        ])
        if (outcome.done) return 'accepted'
        if (outcome.refused[0] === 'condition') return 'left'
        if (outcome.refused[1] === 'condition') return 'not-delivered'
      }
      return 'busy'
    },

    async refuse(deliveryId: string, decided: Decided): Promise<'refused' | 'left' | 'busy'> {
      const outcome = await engine.transact([decidedWrite(deliveryId, 'refused', decided)])
      if (outcome.done) return 'refused'
      return outcome.refused[0] === 'condition' ? 'left' : 'busy'
    },

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

// Each turn another transaction was at one of the counters.
const mostTurns = 5

/** As the delivery must be at the moment of the request, whatever was seen before. */
function isReturnable({ schoolId, note }: LeadReturn): Condition {
  const conditions: Condition[] = [
    { attribute: 'schoolId', is: 'equal', value: schoolId },
    { attribute: 'deliveredAt', is: 'present' },
    { attribute: 'erases', is: 'absent' },
    { attribute: 'test', is: 'equal', value: false },
  ]
  // What would be noted of a person who was forgotten, would be kept.
  const unforgotten = { attribute: 'state', is: 'one-of', values: deliveryState.exclude(['erased']).options } as const
  return { all: note === undefined ? conditions : [...conditions, unforgotten] }
}

/** Of two who decide at once, one finds that the other has. */
function decidedWrite(deliveryId: string, state: keyof typeof returnEnteredFrom, decided: Decided): Write<Table> {
  const set = { state, ...plain(decided), ...returnEntry({ deliveryId, state, at: decided.decidedAt }) }
  const when = { attribute: 'state', is: 'one-of', values: returnEnteredFrom[state] } as const
  return { in: 'leads', change: returnKey(deliveryId), set, when }
}

/**
 * From now on the delivery holds nothing of any counter: whatever becomes of it, nothing is given back a second time. An
 * e-mail that came back is no delivery: what it took is given back where that ends.
 */
function givenBackWrite(deliveryId: string, returnedAt: string): Write<Table> {
  const when: Condition = {
    all: [
      { attribute: 'deliveredAt', is: 'present' },
      { attribute: 'returnedAt', is: 'absent' },
    ],
  }
  return { in: 'leads', change: deliveryKey(deliveryId), set: { returnedAt, taken: [] }, when }
}

function giveBackWrite({ owner, counter, amount }: Taken): Write<Table> {
  return { in: 'leads', change: counterKey(owner, counter), add: { used: -amount }, when: { exists: true } }
}

const returnRow = rowOf(leadReturn)
const takenRow = z.object({
  taken: z.array(z.object({ owner: z.string(), counter: z.string(), amount: z.number() })).default([]),
})
type Taken = z.output<typeof takenRow>['taken'][number]
