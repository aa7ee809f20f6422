import * as z from 'zod'
import type { Disposition } from '../../domain/aftercare/disposition.ts'
import type { LeadReturn } from '../../domain/aftercare/lead-return.ts'
import type { Judgement } from '../../domain/delivery/attempt-outcome.ts'
import { type Attempt, type Delivery, mayHaveArrived } from '../../domain/delivery/delivery.ts'
import { dispositionsIn } from '../aftercare/dispositions.ts'
import { returnAmong } from '../aftercare/returns.ts'
import { asSeen } from '../as-seen.ts'
import type { Cursor, Engine } from '../engine/engine.ts'
import { deliveriesOfSchool, dueEntry } from '../index-keys.ts'
import { deliveryKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { comeBack } from './come-back.ts'
import {
  attemptRow,
  deliveryRow,
  type Erased,
  foundDelivery,
  type Held,
  type Kept,
  type ShapedBody,
} from './delivery-row.ts'
import { takeSlotWrite } from './lines.ts'
import { settle } from './settle.ts'

/** What an attempt leaves behind: what is known of the delivery by now, and from when on the slot is free. */
export type Settlement = Omit<Judgement, 'finding' | 'outcome'> & { at: string; slotFreeAt: string; attempt: Attempt }
/** `shaped`: what is about to be sent, for every attempt that must send the same. */
export type Lease = Turn & { shaped?: ShapedBody | undefined }
type Turn = { token: string; now: string; until: string; slot: number; slotUntil: string }

/** The delivery row is the truth about a delivery: its state, when it is due, who holds it, and what is to be sent. */
export function deliveryStore(engine: Engine<Table>) {
  const find = async (deliveryId: string): Promise<Kept | Erased | undefined> => {
    const row = await engine.get({ in: 'leads', key: deliveryKey(deliveryId) })
    return row && foundDelivery.parse(row)
  }

  return {
    find,

    /** A delivery with all its attempts, all that its school told of it, and its return. */
    async log(deliveryId: string): Promise<Logged | undefined> {
      const items = await queryAll(engine, { in: 'leads', pk: deliveryKey(deliveryId).pk, limit: 500 })
      const row = items.find(({ sk }) => sk === deliveryKey(deliveryId).sk)
      const asked = returnAmong(items)
      const attempts = items.filter(({ sk }) => sk.startsWith('ATTEMPT#'))
      return (
        row && {
          ...deliveryRow.parse(row),
          attemptLog: attempts.map((item) => attemptRow.parse(item)),
          dispositions: dispositionsIn(items),
          ...(asked && { return: asked }),
        }
      )
    },

    /**
     * Takes a due delivery, and a slot of its school, for one attempt. Nobody else gets it before `until`, nor the slot before `slotUntil`; if the
     * holder dies, both come free then. `left`: it is no longer as it was seen, or held by another.
     */
    async lease(seen: Kept, { token, now, until, slot, slotUntil, shaped }: Lease): Promise<Held | 'left' | 'no-slot'> {
      const { deliveryId, schoolId, attempts } = seen
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
          when: { all: [asSeen(seen, 'leased'), { attribute: 'dueAt', is: 'at-most', value: now }] },
        },
        takeSlotWrite({ schoolId, number: slot }, token, now, slotUntil),
      ])
      if (!outcome.done) return outcome.refused[0] ? 'left' : 'no-slot'
      const uncertain = mayHaveArrived(seen)
      return { ...seen, state: 'leased', attempts: attempts + 1, uncertain, leaseToken: token, slot }
    },

    /**
     * Writes the attempt and what follows from it, if the lease is still ours; else somebody else has the delivery now.
     * What a school will not have is given back to the caps in the same transaction, and the lead is offered again.
     * Where somebody asked for a replay meanwhile, the delivery is due at once.
     */
    settle: (held: Held, settlement: Settlement) => settle(engine, held, settlement),

    /** Puts a delivery off without an attempt: its school's line is closed until `dueAt`. */
    async park(seen: Kept, dueAt: string): Promise<void> {
      const { deliveryId } = seen
      const set = { state: 'parked', dueAt, uncertain: mayHaveArrived(seen), ...dueEntry(deliveryId, dueAt) }
      await engine.transact([{ in: 'leads', change: deliveryKey(deliveryId), set, when: asSeen(seen, 'parked') }])
    },

    /** Leaves a delivery due, and lets the sweeper find it again at `lookAt`. */
    async postpone(seen: Kept, lookAt: string): Promise<void> {
      const { deliveryId } = seen
      const set = dueEntry(deliveryId, lookAt)
      await engine.transact([{ in: 'leads', change: deliveryKey(deliveryId), set, when: asSeen(seen, 'leased') }])
    },

    /** An attempt came back: what counted as delivered by it was not. */
    comeBack: (seen: Logged, number: number, times: { at: string; dueAt: string }) =>
      comeBack(engine, seen, number, times),

    /** The deliveries of a school since an instant. */
    async ofSchool(schoolId: string, { since, ...page }: OfSchool) {
      const pk = deliveriesOfSchool(schoolId)
      const query = { in: 'leads', index: 'timeline', pk, ...(since && { sk: { from: since } }), ...page } as const
      const { items, next } = await engine.query(query)
      const found = await Promise.all(items.map((row) => find(timelineRow.parse(row).deliveryId)))
      return { deliveries: found.flatMap((one) => one ?? []), ...(next && { next }) }
    },
  }
}

export type Logged = Delivery & { attemptLog: Attempt[]; dispositions: Disposition[]; return?: LeadReturn }
type OfSchool = { since?: string; limit: number; after?: Cursor; order?: 'ascending' | 'descending' }

const timelineRow = z.object({ deliveryId: z.string() })
