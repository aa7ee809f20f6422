import * as z from 'zod'
import { toSchoolOwner } from '../../domain/delivery/binding.ts'
import { delivery, mayHaveReachedSchool } from '../../domain/delivery/delivery.ts'
import { parseDispositions } from '../aftercare/dispositions.ts'
import { parseReturn } from '../aftercare/returns.ts'
import type { Cursor, Engine, Row, Write } from '../engine/engine.ts'
import { ifLeaseEnded, ifUnchanged } from '../if-unchanged.ts'
import { deliveriesPartition, dueEntry } from '../index-keys.ts'
import { deliveryKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { toRowSchema } from '../rows.ts'
import {
  type DeliveryWithAttempts,
  deliveryRow,
  type ErasedDelivery,
  getDeliverySpan,
  joinDeliveryRows,
  type LeasedDelivery,
  type ShapedBody,
  type StoredDelivery,
  storedOrErasedDelivery,
} from './delivery-row.ts'
import { acquirePermitWrite, releasePermitWrite } from './endpoint-health-store.ts'
import { attemptRow, splitFirstAttempt } from './first-attempt.ts'
import { type RecordedBounce, recordBounce } from './record-bounce.ts'
import { type ReplayDeliveryRequest, replayDelivery } from './replay-delivery.ts'
import { type Settlement, settle } from './settle.ts'
import { recordReading, takeDelivery } from './take-delivery.ts'

/**
 * `until`: when the lease expires. `permitUntil`: when its permit expires. `permitNumber` is absent if the process counts the
 * attempts of the school by itself. `shaped`: the body that is about to be sent,
 * stored for every attempt that must send the same.
 */
export type LeaseRequest = {
  token: string
  now: string
  until: string
  permitNumber?: number | undefined
  permitUntil: string
  shaped?: ShapedBody | undefined
}

/** The delivery row holds a delivery's state, due time, lease and body. Queues and indexes only point at it. */
export function deliveryStore(engine: Engine<Table>) {
  const find = async (deliveryId: string): Promise<StoredDelivery | ErasedDelivery | undefined> => {
    for (let attempt = 1; ; attempt += 1) {
      const { items } = await engine.query({ in: 'leads', ...getDeliverySpan(deliveryId), limit: 2 })
      const row = joinDeliveryRows(deliveryId, items)
      // Its person was erased between the reading of its two rows, so the next reading sees both as they are now.
      const isTorn = row !== undefined && row.state !== 'erased' && row.body === undefined
      if (!isTorn || attempt === maxReadAttempts) return row && storedOrErasedDelivery.parse(row)
    }
  }

  return {
    find,

    /** Returns a delivery with its attempts, dispositions and return request, without its body. */
    async findWithAttempts(deliveryId: string): Promise<DeliveryWithAttempts | undefined> {
      const items = await queryAll(engine, { in: 'leads', pk: deliveryKey(deliveryId).pk, limit: 500 })
      const row = joinDeliveryRows(deliveryId, items)
      const returnRequest = parseReturn(items)
      const attempts = items.flatMap(splitFirstAttempt).filter(({ sk }) => sk.startsWith('ATTEMPT#'))
      return (
        row && {
          ...deliveryRow.parse(row),
          attemptLog: attempts
            .map((item) => attemptRow.parse(item))
            .toSorted((one, other) => one.number - other.number),
          dispositions: parseDispositions(items),
          ...(returnRequest && { return: returnRequest }),
        }
      )
    },

    /**
     * Leases a due delivery and a concurrency permit of its school for one attempt. The lease writes no index: the delivery
     * stays where the sweeper finds it, and the sweeper cannot claim it meanwhile. Both expire on their own if the
     * holder dies, so the permit may be acquired first where that costs less. Returns `not-leasable` if the delivery has
     * changed since it was read or is leased already.
     */
    async lease(
      delivery: StoredDelivery,
      { token, now, until, permitNumber, permitUntil, shaped }: LeaseRequest,
    ): Promise<LeasedDelivery | 'not-leasable' | 'no-permit'> {
      const { deliveryId, attempts, dueSk = '' } = delivery
      const permit =
        permitNumber === undefined ? undefined : { schoolId: toSchoolOwner(delivery), number: permitNumber }
      const permitWrite = permit && acquirePermitWrite(permit, { token, now, until: permitUntil })
      const leaseWrite = {
        in: 'leads',
        change: deliveryKey(deliveryId),
        set: {
          leaseToken: token,
          leaseUntil: until,
          // Swept a few times, it may be hidden for minutes; after a crash it must be found when the lease ends.
          ...(dueSk > `${until}#~` && dueEntry(deliveryId, until)),
          ...(shaped && { shaped }),
        },
        ...(!shaped && { remove: ['shaped'] }),
        add: { attempts: 1 },
        when: {
          all: [ifUnchanged(delivery, 'leased'), { attribute: 'dueAt', is: 'at-most', value: now }, ifLeaseEnded(now)],
        },
        unique: 'leaseToken',
      } as const
      if (!permit || !permitWrite) {
        if (!(await engine.transact([leaseWrite])).done) return 'not-leasable'
      } else if (engine.prefersLoneWrites) {
        if (!(await engine.transact([permitWrite])).done) return 'no-permit'
        if (!(await engine.transact([leaseWrite])).done) {
          await engine.transact([releasePermitWrite(permit, { token, until: now })])
          return 'not-leasable'
        }
      } else {
        const outcome = await engine.transact([leaseWrite, permitWrite])
        if (!outcome.done) return outcome.refused[0] ? 'not-leasable' : 'no-permit'
      }
      const uncertain = mayHaveReachedSchool(delivery)
      const lease = { ...delivery, state: 'leased', attempts: attempts + 1, uncertain, leaseToken: token } as const
      return permitNumber === undefined ? lease : { ...lease, permitNumber }
    },

    settle: (lease: LeasedDelivery, settlement: Settlement) => settle(engine, lease, settlement),

    take: (delivery: StoredDelivery, request: { at: string; also: readonly Write<Table>[] }) =>
      takeDelivery(engine, delivery, request),

    recordReading: (deliveryId: string, at: string) => recordReading(engine, deliveryId, at),

    /** Puts a delivery on hold until `dueAt` without an attempt, because its endpoint is disabled or its circuit is open. */
    async park(delivery: StoredDelivery, dueAt: string): Promise<void> {
      const { deliveryId } = delivery
      const set = { state: 'parked', dueAt, uncertain: mayHaveReachedSchool(delivery), ...dueEntry(deliveryId, dueAt) }
      await engine.transact([
        {
          in: 'leads',
          change: deliveryKey(deliveryId),
          set,
          remove: ['leaseUntil'],
          when: ifUnchanged(delivery, 'parked'),
        },
      ])
    },

    /** Leaves a delivery due, but hides it from the sweeper until `recheckAt`. */
    async postpone(delivery: StoredDelivery, recheckAt: string): Promise<void> {
      const { deliveryId } = delivery
      const set = dueEntry(deliveryId, recheckAt)
      await engine.transact([
        { in: 'leads', change: deliveryKey(deliveryId), set, when: ifUnchanged(delivery, 'leased') },
      ])
    },

    /** Makes a waiting delivery due earlier, at `dueAt`, unless it has changed since it was read. */
    async makeDue(delivery: StoredDelivery, dueAt: string): Promise<void> {
      const { deliveryId } = delivery
      const set = { dueAt, ...dueEntry(deliveryId, dueAt) }
      const when = ifUnchanged(delivery, 'leased')
      await engine.transact([{ in: 'leads', change: deliveryKey(deliveryId), set, when }])
    },

    recordBounce: (delivery: DeliveryWithAttempts, attemptNumber: number, bounce: RecordedBounce) =>
      recordBounce(engine, delivery, attemptNumber, bounce),

    replay: (deliveryId: string, request: ReplayDeliveryRequest) => replayDelivery(engine, deliveryId, request),

    /** Lists the deliveries under the owner name of a school that were created at `since` or later, page by page. */
    async listBySchool(schoolOwner: string, { since, ...page }: SchoolDeliveriesQuery) {
      const pk = deliveriesPartition(schoolOwner)
      const query = { in: 'leads', index: 'timeline', pk, ...(since && { sk: { from: since } }), ...page } as const
      const { items, next } = await engine.query(query)
      const deliveries = await Promise.all(items.map((row) => find(timelineRow.parse(row).deliveryId)))
      return { deliveries: deliveries.flatMap((one) => one ?? []), ...(next && { next }) }
    },

    /** Lists the deliveries under the owner name of a school that were created in a span, from the index alone: no rows are read. */
    async listOutlines(
      schoolOwner: string,
      { from, to, until }: { from?: string | undefined; to?: string | undefined; until: string },
      { limit, after, order = 'ascending' }: { limit: number; after?: Cursor | undefined; order?: Order },
    ) {
      const sk = { ...(from && { from }), to: to !== undefined && to <= until ? to : `${until}#~` }
      const pk = deliveriesPartition(schoolOwner)
      const query = { in: 'leads', index: 'timeline', pk, sk, order, limit, ...(after && { after }) } as const
      const { items, next } = await engine.query(query)
      return {
        outlines: items.map((row) => ({ ...outlineRow.parse(row), createdAt: parseCreationTime(row) })),
        ...(next && { next }),
      }
    },
  }
}

const maxReadAttempts = 3

type Order = 'ascending' | 'descending'
type SchoolDeliveriesQuery = { since?: string; limit: number; after?: Cursor; order?: Order }

const timelineRow = z.object({ deliveryId: z.string() })
const outlineRow = toRowSchema(
  delivery.pick({ deliveryId: true, campaignId: true, state: true, deliveredAt: true }),
).extend({ replayedBy: z.string().optional() })
/** A delivery as the index of its school shows it; on DynamoDB the index may lag behind the row. */
export type DeliveryOutline = z.output<typeof outlineRow> & { createdAt: string }

function parseCreationTime({ timelineSk }: Row): string {
  return String(timelineSk).split('#')[0] ?? ''
}
