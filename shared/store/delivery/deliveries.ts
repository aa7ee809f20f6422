import * as z from 'zod'
import type { Disposition } from '../../domain/aftercare/disposition.ts'
import type { LeadReturn } from '../../domain/aftercare/lead-return.ts'
import type { AttemptVerdict } from '../../domain/delivery/classify-attempt.ts'
import { type Attempt, type Delivery, mayHaveReachedSchool } from '../../domain/delivery/delivery.ts'
import { parseDispositions } from '../aftercare/dispositions.ts'
import { parseReturn } from '../aftercare/returns.ts'
import type { Cursor, Engine } from '../engine/engine.ts'
import { ifUnchanged } from '../if-unchanged.ts'
import { deliveriesPartition, dueEntry } from '../index-keys.ts'
import { deliveryKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import {
  attemptRow,
  deliveryRow,
  type ErasedDelivery,
  type LeasedDelivery,
  type ShapedBody,
  type StoredDelivery,
  storedOrErasedDelivery,
} from './delivery-row.ts'
import { acquirePermitWrite } from './endpoint-health.ts'
import { recordBounce } from './record-bounce.ts'
import { settle } from './settle.ts'

/** What an attempt leaves behind: what is known of the delivery by now, and from when on the slot is free. */
export type Settlement = Omit<AttemptVerdict, 'finding' | 'outcome'> & {
  at: string
  permitFreeAt: string
  attempt: Attempt
}
/** `shaped`: what is about to be sent, for every attempt that must send the same. */
export type LeaseRequest = AttemptTurn & { shaped?: ShapedBody | undefined }
type AttemptTurn = { token: string; now: string; until: string; permitNumber: number; permitUntil: string }

/** The delivery row is the truth about a delivery: its state, when it is due, who holds it, and what is to be sent. */
export function deliveryStore(engine: Engine<Table>) {
  const find = async (deliveryId: string): Promise<StoredDelivery | ErasedDelivery | undefined> => {
    const row = await engine.get({ in: 'leads', key: deliveryKey(deliveryId) })
    return row && storedOrErasedDelivery.parse(row)
  }

  return {
    find,

    /** A delivery with all its attempts, all that its school told of it, and its return. */
    async log(deliveryId: string): Promise<DeliveryWithAttempts | undefined> {
      const items = await queryAll(engine, { in: 'leads', pk: deliveryKey(deliveryId).pk, limit: 500 })
      const row = items.find(({ sk }) => sk === deliveryKey(deliveryId).sk)
      const returnRequest = parseReturn(items)
      const attempts = items.filter(({ sk }) => sk.startsWith('ATTEMPT#'))
      return (
        row && {
          ...deliveryRow.parse(row),
          attemptLog: attempts.map((item) => attemptRow.parse(item)),
          dispositions: parseDispositions(items),
          ...(returnRequest && { return: returnRequest }),
        }
      )
    },

    /**
     * Takes a due delivery, and a slot of its school, for one attempt. Nobody else gets it before `until`, nor the slot before `slotUntil`; if the
     * holder dies, both come free then. `left`: it is no longer as it was seen, or held by another.
     */
    async lease(
      delivery: StoredDelivery,
      { token, now, until, permitNumber, permitUntil, shaped }: LeaseRequest,
    ): Promise<LeasedDelivery | 'left' | 'no-slot'> {
      const { deliveryId, schoolId, attempts } = delivery
      const outcome = await engine.transact([
        {
          in: 'leads',
          change: deliveryKey(deliveryId),
          set: {
            state: 'leased',
            leaseToken: token,
            dueAt: until,
            ...dueEntry(deliveryId, until),
            ...(shaped && { shaped }),
          },
          ...(!shaped && { remove: ['shaped'] }),
          add: { attempts: 1 },
          when: { all: [ifUnchanged(delivery, 'leased'), { attribute: 'dueAt', is: 'at-most', value: now }] },
        },
        acquirePermitWrite({ schoolId, number: permitNumber }, token, now, permitUntil),
      ])
      if (!outcome.done) return outcome.refused[0] ? 'left' : 'no-slot'
      const uncertain = mayHaveReachedSchool(delivery)
      return { ...delivery, state: 'leased', attempts: attempts + 1, uncertain, leaseToken: token, permitNumber }
    },

    /**
     * Writes the attempt and what follows from it, if the lease is still ours; else somebody else has the delivery now.
     * What a school will not have is given back to the caps in the same transaction, and the lead is offered again.
     * Where somebody asked for a replay meanwhile, the delivery is due at once.
     */
    settle: (lease: LeasedDelivery, settlement: Settlement) => settle(engine, lease, settlement),

    /** Puts a delivery off without an attempt: its school's line is closed until `dueAt`. */
    async park(delivery: StoredDelivery, dueAt: string): Promise<void> {
      const { deliveryId } = delivery
      const set = { state: 'parked', dueAt, uncertain: mayHaveReachedSchool(delivery), ...dueEntry(deliveryId, dueAt) }
      await engine.transact([
        { in: 'leads', change: deliveryKey(deliveryId), set, when: ifUnchanged(delivery, 'parked') },
      ])
    },

    /** Leaves a delivery due, and lets the sweeper find it again at `lookAt`. */
    async postpone(delivery: StoredDelivery, recheckAt: string): Promise<void> {
      const { deliveryId } = delivery
      const set = dueEntry(deliveryId, recheckAt)
      await engine.transact([
        { in: 'leads', change: deliveryKey(deliveryId), set, when: ifUnchanged(delivery, 'leased') },
      ])
    },

    /** An attempt came back: what counted as delivered by it was not. */
    recordBounce: (delivery: DeliveryWithAttempts, number: number, times: { at: string; dueAt: string }) =>
      recordBounce(engine, delivery, number, times),

    /** The deliveries of a school since an instant. */
    async listBySchool(schoolId: string, { since, ...page }: SchoolDeliveriesQuery) {
      const pk = deliveriesPartition(schoolId)
      const query = { in: 'leads', index: 'timeline', pk, ...(since && { sk: { from: since } }), ...page } as const
      const { items, next } = await engine.query(query)
      const deliveries = await Promise.all(items.map((row) => find(timelineRow.parse(row).deliveryId)))
      return { deliveries: deliveries.flatMap((one) => one ?? []), ...(next && { next }) }
    },
  }
}

export type DeliveryWithAttempts = Delivery & {
  attemptLog: Attempt[]
  dispositions: Disposition[]
  return?: LeadReturn
}
type SchoolDeliveriesQuery = { since?: string; limit: number; after?: Cursor; order?: 'ascending' | 'descending' }

const timelineRow = z.object({ deliveryId: z.string() })
