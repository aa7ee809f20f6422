import * as z from 'zod'
import { type LeadReturn, leadReturn, type ReturnState } from '../../domain/aftercare/lead-return.ts'
import { toSchoolOwner } from '../../domain/delivery/binding.ts'
import { releaseReservationWrite } from '../capture/lead-writes.ts'
import type { Cursor, Engine, Row, Write } from '../engine/engine.ts'
import { returnEntry, returnsPartition, schoolReturnsPartition } from '../index-keys.ts'
import { deliveryKey, returnKey, returnShareKey, type Table } from '../keys.ts'
import { buildChargeback } from '../reporting/ledger/payouts.ts'
import { markRecountWrites } from '../reporting/recount-marks.ts'
import { retryOnConflict } from '../retry-on-conflict.ts'
import { toItem, toRowSchema } from '../rows.ts'
import {
  buildCredit,
  buildDecisionWrite,
  buildReturnedWrite,
  buildShareWrite,
  ifAnswerAllowed,
  ifReturnable,
  type ReturnDecision,
  type ReturnShare,
  redactDecision,
  soldDeliveryRow,
} from './return-writes.ts'

type RelatedWrites = readonly Write<Table>[]
type Page = { limit: number; after?: Cursor }
type ExistingReturn = { kind: 'already-saved'; existing: LeadReturn }
export type ReturnStore = ReturnType<typeof returnStore>

/** Returns: requests of schools for credit. A delivery has at most one, and it is decided once. */
export function returnStore(engine: Engine<Table>) {
  const find = async (deliveryId: string): Promise<LeadReturn | undefined> => {
    const row = await engine.get({ in: 'leads', key: returnKey(deliveryId) })
    return row && returnRow.parse(row)
  }
  const findDelivery = async (deliveryId: string) => {
    const row = await engine.get({ in: 'leads', key: deliveryKey(deliveryId) })
    return row && soldDeliveryRow.parse(row)
  }
  const readReturns = async (items: readonly Row[]) => {
    const rows = await Promise.all(items.map(({ pk, sk }) => engine.get({ in: 'leads', key: { pk, sk } })))
    return rows.flatMap((row) => (row ? returnRow.parse(row) : []))
  }

  return {
    find,

    /** `not-delivered`: the school no longer has the lead, or its person was erased and a note may not be stored. */
    async request(
      request: LeadReturn,
      { schoolOwner, share, also = [] }: { schoolOwner: string; share?: ReturnShare; also?: RelatedWrites },
    ): Promise<{ kind: 'requested' | 'not-delivered' | 'limit-reached' | 'conflict' } | ExistingReturn> {
      const { deliveryId, requestedAt } = request
      const timeline = { timelinePk: schoolReturnsPartition(schoolOwner), timelineSk: `${requestedAt}#${deliveryId}` }
      const due = returnEntry({ ...request, at: requestedAt })
      const shareField = share && { share: { owner: share.owner, month: share.month } }
      const row = { ...returnKey(deliveryId), ...toItem(request), ...shareField, ...timeline, ...due }
      const outcome = await engine.transact([
        { in: 'leads', put: row, when: { exists: false } },
        { in: 'leads', check: deliveryKey(deliveryId), when: ifReturnable(request) },
        ...(share ? [buildShareWrite(share)] : []),
        ...also,
        ...markRecountWrites({ deliveryId, at: requestedAt }),
      ])
      if (outcome.done) return { kind: 'requested' }
      const existing = await find(deliveryId)
      if (existing) return { kind: 'already-saved', existing }
      if (outcome.refused[1] === 'condition') return { kind: 'not-delivered' }
      return { kind: share && outcome.refused[2] === 'condition' ? 'limit-reached' : 'conflict' }
    },

    /**
     * Releases in the same transaction what the lead took of caps and budgets, so that it is released exactly once.
     * `not-delivered`: its email bounced, so nothing is sold. `conflict`: a counter or the delivery kept changing.
     */
    async accept(
      deliveryId: string,
      decision: ReturnDecision,
      also: RelatedWrites = [],
    ): Promise<'accepted' | 'not-pending' | 'not-delivered' | 'conflict'> {
      return retryOnConflict(maxAttempts, async () => {
        const delivery = await findDelivery(deliveryId)
        if (!delivery) return 'not-pending'
        const { taken: reservations, state, deliveredAt, returnedAt } = delivery
        if (deliveredAt === undefined && returnedAt === undefined) return 'not-delivered'
        const storedDecision = redactDecision(decision, state)
        const outcome = await engine.transact([
          buildDecisionWrite(deliveryId, 'accepted', storedDecision, {
            ...buildCredit(delivery, decision.decidedAt),
            ...buildChargeback(delivery, decision.decidedAt),
          }),
          buildReturnedWrite(deliveryId, storedDecision),
          ...reservations.map(releaseReservationWrite),
          ...also,
          ...markRecountWrites({ deliveryId, leadReceivedAt: delivery.leadReceivedAt, at: decision.decidedAt }),
        ])
        if (outcome.done) return 'accepted'
        return outcome.refused[0] === 'condition' ? 'not-pending' : 'conflict'
      })
    },

    /**
     * Gives the credit of a delivery that its school did not request: the return is accepted as it is created. `not-delivered`:
     * nothing is sold, or its person was erased and a note may not be stored.
     */
    async grant(
      granted: LeadReturn & { decidedAt: string },
      also: RelatedWrites = [],
    ): Promise<{ kind: 'granted' | 'not-delivered' | 'conflict' } | ExistingReturn> {
      const { deliveryId, decidedAt } = granted
      const outcome = await retryOnConflict(maxAttempts, async () => {
        // Read before the return, so that one that is written meanwhile is found.
        const delivery = await findDelivery(deliveryId)
        const existing = await find(deliveryId)
        if (existing) return { kind: 'already-saved', existing } as const
        if (!delivery || delivery.deliveredAt === undefined || delivery.returnedAt !== undefined)
          return { kind: 'not-delivered' } as const
        const schoolOwner = toSchoolOwner(delivery)
        const row = {
          ...returnKey(deliveryId),
          ...toItem(granted),
          ...{ timelinePk: schoolReturnsPartition(schoolOwner), timelineSk: `${decidedAt}#${deliveryId}` },
          ...returnEntry({ deliveryId, state: 'accepted', at: decidedAt }),
          ...buildCredit(delivery, decidedAt),
          ...buildChargeback(delivery, decidedAt),
        }
        const transaction = await engine.transact([
          { in: 'leads', put: row, when: { exists: false } },
          buildReturnedWrite(deliveryId, granted, ifReturnable(granted)),
          ...delivery.taken.map(releaseReservationWrite),
          ...also,
          ...markRecountWrites({ deliveryId, leadReceivedAt: delivery.leadReceivedAt, at: decidedAt }),
        ])
        return transaction.done ? ({ kind: 'granted' } as const) : 'conflict'
      })
      return outcome === 'conflict' ? { kind: 'conflict' } : outcome
    },

    /** A refused return does not count against the limit of its month. `conflict`: the delivery kept changing. */
    async refuse(
      deliveryId: string,
      decision: ReturnDecision,
      also: RelatedWrites = [],
    ): Promise<'refused' | 'not-pending' | 'conflict'> {
      return retryOnConflict(maxAttempts, async () => {
        const delivery = await findDelivery(deliveryId)
        if (!delivery) return 'not-pending'
        const storedDecision = redactDecision(decision, delivery.state)
        const row = await engine.get({ in: 'leads', key: returnKey(deliveryId) })
        const { share } = sharedRow.parse(row ?? {})
        const outcome = await engine.transact([
          buildDecisionWrite(deliveryId, 'refused', storedDecision),
          {
            in: 'leads',
            check: deliveryKey(deliveryId),
            when: { all: [{ exists: true }, ...ifAnswerAllowed(storedDecision)] },
          },
          ...(share
            ? [{ in: 'leads', change: returnShareKey(share.owner, share.month), add: { used: -1 } } as const]
            : []),
          ...also,
          ...markRecountWrites({ deliveryId, leadReceivedAt: delivery.leadReceivedAt, at: decision.decidedAt }),
        ])
        if (outcome.done) return 'refused'
        return outcome.refused[0] === 'condition' ? 'not-pending' : 'conflict'
      })
    },

    /** Pending ones oldest first, decided ones latest first. A page may be short because an index may lag. */
    async listByState(state: ReturnState, page: Page) {
      const order = state === 'requested' ? 'ascending' : 'descending'
      const query = { in: 'leads', index: 'due', pk: returnsPartition(state), order, ...page } as const
      const { items, next } = await engine.query(query)
      const returns = (await readReturns(items)).filter((one) => one.state === state)
      return { returns, ...(next && { next }) }
    },

    /** All returns of a school, latest first. */
    async listBySchool(schoolOwner: string, page: Page) {
      const pk = schoolReturnsPartition(schoolOwner)
      const { items, next } = await engine.query({ in: 'leads', index: 'timeline', pk, order: 'descending', ...page })
      return { returns: await readReturns(items), ...(next && { next }) }
    },
  }
}

/** Finds the return among the rows of a delivery. */
export function parseReturn(rows: readonly Row[]): LeadReturn | undefined {
  const row = rows.find(({ sk }) => sk === returnKey('').sk)
  return row && returnRow.parse(row)
}

const maxAttempts = 5

const returnRow = toRowSchema(leadReturn)
const sharedRow = z.object({ share: z.object({ owner: z.string(), month: z.string() }).optional() })
