import * as z from 'zod'
import { type Attempt, attempt, type Delivery, type DeliveryState, delivery, enteredFrom } from '../domain/delivery.ts'
import type { Condition, Cursor, Engine, Write } from './engine/engine.ts'
import { attemptKey, deliveriesOfSchool, deliveryKey, dueEntry, duePartition, type Table } from './keys.ts'
import { plain, read } from './rows.ts'

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
    return row && read(sendable, row)
  }

  return {
    find,

    /** A delivery with all its attempts. */
    async log(deliveryId: string): Promise<(Delivery & { attemptLog: Attempt[] }) | undefined> {
      const { items } = await engine.query({ in: 'leads', pk: deliveryKey(deliveryId).pk, limit: 500 })
      const row = items.find(({ sk }) => sk === deliveryKey(deliveryId).sk)
      const attempts = items.filter(({ sk }) => sk.startsWith('ATTEMPT#'))
      return row && { ...read(delivery, row), attemptLog: attempts.map((item) => read(attempt, item)) }
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

    /** Writes the attempt and what follows from it, if the lease is still ours; else somebody else has the delivery now. */
    async settle(
      deliveryId: string,
      token: string,
      { state, at, dueAt, attempt }: Settlement,
    ): Promise<'settled' | 'lost'> {
      const next = dueAt
        ? { set: { state, dueAt, ...dueEntry(deliveryId, dueAt) }, remove: ['leaseToken'] }
        : { set: { state, settledAt: at }, remove: ['leaseToken', 'dueAt', 'duePk', 'dueSk'] }
      const { done } = await engine.transact([
        {
          in: 'leads',
          change: deliveryKey(deliveryId),
          ...next,
          when: { all: [mayEnter(state), { attribute: 'leaseToken', is: 'equal', value: token }] },
        },
        { in: 'leads', put: { ...attemptKey(deliveryId, attempt.number), ...plain(attempt) } },
      ])
      return done ? 'settled' : 'lost'
    },

    /** The ids of what has come due in one shard, oldest first; from the index alone. */
    async due(shard: string, now: string, limit: number): Promise<{ deliveryId: string; schoolId: string }[]> {
      const sk = { to: `${now}#~` }
      const { items } = await engine.query({ in: 'leads', index: 'due', pk: duePartition(shard), sk, limit })
      return items.map((row) => dueRow.parse(row))
    },

    /** The deliveries of a school since an instant, oldest first. */
    async ofSchool(schoolId: string, { since, ...page }: { since?: string; limit: number; after?: Cursor }) {
      const query = {
        in: 'leads',
        index: 'timeline',
        pk: deliveriesOfSchool(schoolId),
        ...(since && { sk: { from: since } }),
        ...page,
      } as const
      const { items, next } = await engine.query(query)
      const found = await Promise.all(
        items.map((row) => find(z.object({ deliveryId: z.string() }).parse(row).deliveryId)),
      )
      return { deliveries: found.flatMap((one) => one ?? []), ...(next && { next }) }
    },
  }
}

type Lease = { token: string; now: string; until: string }

/** For the transaction that makes a delivery together with its lead. */
export function newDeliveryWrite(made: Delivery, body: string): Write<Table> {
  const { deliveryId, schoolId, createdAt, dueAt = createdAt } = made
  const timeline = { timelinePk: deliveriesOfSchool(schoolId), timelineSk: `${createdAt}#${deliveryId}` }
  const row = { ...deliveryKey(deliveryId), ...plain(made), body, ...timeline, ...dueEntry(deliveryId, dueAt) }
  return { in: 'leads', put: row, when: { exists: false } }
}

function mayEnter(state: keyof typeof enteredFrom): Condition {
  return { attribute: 'state', is: 'one-of', values: enteredFrom[state] }
}

const sendable = delivery.extend({ body: z.string() })
const dueRow = z
  .object({ dueSk: z.string(), schoolId: z.string() })
  .transform(({ dueSk, schoolId }) => ({ deliveryId: dueSk.slice(dueSk.indexOf('#') + 1), schoolId }))
