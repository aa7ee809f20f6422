import * as z from 'zod'
import type { Reservation } from '../domain/caps.ts'
import { type Attempt, attempt, type Delivery, type DeliveryState, delivery, enteredFrom } from '../domain/delivery.ts'
import type { Condition, Cursor, Engine, Write } from './engine/engine.ts'
import {
  attemptKey,
  counterKey,
  deliveriesOfSchool,
  deliveryKey,
  dueEntry,
  leadKey,
  offerEntry,
  type Table,
} from './keys.ts'
import { plain, rowOf } from './rows.ts'

/** What an attempt leaves behind. `dueAt` is when the next one follows; without it the delivery is settled. */
export type Settlement = {
  state: Exclude<DeliveryState, 'leased' | 'erased'>
  at: string
  dueAt?: string
  attempt: Attempt
}

/** The delivery row is the truth about a delivery: its state, when it is due, who holds it, and what is to be sent. */
export function deliveryStore(engine: Engine<Table>) {
  const find = async (deliveryId: string) => {
    const row = await engine.get({ in: 'leads', key: deliveryKey(deliveryId) })
    return row && sendable.parse(row)
  }

  return {
    find,

    /** A delivery with all its attempts. */
    async log(deliveryId: string): Promise<(Delivery & { attemptLog: Attempt[] }) | undefined> {
      const { items } = await engine.query({ in: 'leads', pk: deliveryKey(deliveryId).pk, limit: 500 })
      const row = items.find(({ sk }) => sk === deliveryKey(deliveryId).sk)
      const attempts = items.filter(({ sk }) => sk.startsWith('ATTEMPT#'))
      return row && { ...deliveryRow.parse(row), attemptLog: attempts.map((item) => attemptRow.parse(item)) }
    },

    /**
     * Takes a due delivery for one attempt. Nobody else gets it before `until`; if its holder dies, it comes due again
     * then. A delivery that is not due, is settled or is held by another is left alone.
     */
    async lease(deliveryId: string, { token, now, until }: Lease) {
      const { done } = await engine.transact([
        {
          in: 'leads',
          change: deliveryKey(deliveryId),
          set: { state: 'leased', leaseToken: token, dueAt: until, ...dueEntry(deliveryId, until) },
          add: { attempts: 1 },
          when: { all: [mayEnter('leased'), { attribute: 'dueAt', is: 'at-most', value: now }] },
        },
      ])
      return done ? find(deliveryId) : undefined
    },

    /**
     * Writes the attempt and what follows from it, if the lease is still ours; else somebody else has the delivery now.
     * What a school will not have is given back to the caps in the same transaction, and the lead is offered again.
     */
    async settle(held: Held, { state, at, dueAt, attempt }: Settlement): Promise<'settled' | 'lost' | 'busy'> {
      const { deliveryId, leaseToken = '' } = held
      const next = dueAt
        ? { set: { state, dueAt, ...dueEntry(deliveryId, dueAt) }, remove: ['leaseToken'] }
        : { set: { state, settledAt: at }, remove: ['leaseToken', 'dueAt', 'duePk', 'dueSk'] }
      const outcome = await engine.transact([
        {
          in: 'leads',
          change: deliveryKey(deliveryId),
          ...next,
          when: { all: [mayEnter(state), { attribute: 'leaseToken', is: 'equal', value: leaseToken }] },
        },
        { in: 'leads', put: { ...attemptKey(deliveryId, attempt.number), ...plain(attempt) } },
        ...releaseWrites(held, state, at),
      ])
      if (outcome.done) return 'settled'
      return outcome.refused[0] === 'condition' ? 'lost' : 'busy'
    },

    /** The deliveries of a school since an instant, oldest first. */
    async ofSchool(schoolId: string, { since, ...page }: { since?: string; limit: number; after?: Cursor }) {
      const pk = deliveriesOfSchool(schoolId)
      const query = { in: 'leads', index: 'timeline', pk, ...(since && { sk: { from: since } }), ...page } as const
      const { items, next } = await engine.query(query)
      const found = await Promise.all(items.map((row) => find(timelineRow.parse(row).deliveryId)))
      return { deliveries: found.flatMap((one) => one ?? []), ...(next && { next }) }
    },
  }
}

type Lease = { token: string; now: string; until: string }

/** For the transaction that makes a delivery together with its lead. */
export function newDeliveryWrite(made: Delivery, body: string, reservations: readonly Reservation[]): Write<Table> {
  const { deliveryId, schoolId, createdAt, dueAt = createdAt } = made
  const timeline = { timelinePk: deliveriesOfSchool(schoolId), timelineSk: `${createdAt}#${deliveryId}` }
  const taken = reservations.map(({ owner, counter, amount }) => ({ owner, counter, amount }))
  const row = { ...deliveryKey(deliveryId), ...plain(made), body, taken, ...timeline, ...dueEntry(deliveryId, dueAt) }
  return { in: 'leads', put: row, when: { exists: false } }
}

function mayEnter(state: keyof typeof enteredFrom): Condition {
  return { attribute: 'state', is: 'one-of', values: enteredFrom[state] }
}

const deliveryRow = rowOf(delivery)
const attemptRow = rowOf(attempt)
const sendable = deliveryRow.extend({
  body: z.string(),
  taken: z.array(z.object({ owner: z.string(), counter: z.string(), amount: z.number() })),
  leaseToken: z.string().optional(),
})
/** A delivery as its lease holder sees it. */
export type Held = z.output<typeof sendable>
const timelineRow = z.object({ deliveryId: z.string() })

/** Gives back what a delivery took from caps. A rejected lead goes to the next school; a dead one may have arrived. */
function releaseWrites({ leadId, taken }: Held, state: Settlement['state'], at: string): Write<Table>[] {
  if (state !== 'rejected' && state !== 'dead') return []
  const refunds = taken.map(({ owner, counter, amount }): Write<Table> => {
    return { in: 'leads', change: counterKey(owner, counter), add: { used: -amount }, when: { exists: true } }
  })
  if (state === 'dead') return refunds
  return [...refunds, { in: 'leads', change: leadKey(leadId), set: offerEntry(leadId, at), when: { exists: true } }]
}
