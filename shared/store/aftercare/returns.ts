import * as z from 'zod'
import { type LeadReturn, leadReturn, type ReturnState, returnPriorStates } from '../../domain/aftercare/lead-return.ts'
import { type DeliveryState, deliveryState } from '../../domain/delivery/delivery.ts'
import { toAccountName } from '../../domain/reporting/ledger/account.ts'
import { toEntryId } from '../../domain/reporting/ledger/ledger-entry.ts'
import { releaseReservationWrite } from '../capture/lead-writes.ts'
import { rowBinding } from '../delivery/delivery-row.ts'
import type { Condition, Cursor, Engine, Item, Row, Write } from '../engine/engine.ts'
import { ifLead } from '../if-unchanged.ts'
import { ledgerIndexEntry, returnEntry, returnsPartition, schoolReturnsPartition } from '../index-keys.ts'
import { deliveryKey, returnKey, returnShareKey, type Table } from '../keys.ts'
import { chargeFields, toSchoolAccount } from '../reporting/ledger/charges.ts'
import { buildChargeback } from '../reporting/ledger/payouts.ts'
import { markRecountWrites } from '../reporting/recount-marks.ts'
import { retryOnConflict } from '../retry-on-conflict.ts'
import { toItem, toRowSchema } from '../rows.ts'

type RelatedWrites = readonly Write<Table>[]
type Page = { limit: number; after?: Cursor }
type ExistingReturn = { kind: 'already-saved'; existing: LeadReturn }
export type ReturnDecision = {
  decidedAt: string
  decidedBy: NonNullable<LeadReturn['decidedBy']>
  answer?: string | undefined
}
/** The month of a campaign whose terms limit returns. `limit`: how many it allows. */
export type ReturnShare = { owner: string; month: string; limit: number }
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

function buildShareWrite({ owner, month, limit }: ReturnShare): Write<Table> {
  const hasRoom = { attribute: 'used', is: 'at-most', value: limit - 1 } as const
  const when: Condition = limit < 1 ? hasRoom : { any: [{ exists: false }, hasRoom] }
  return { in: 'leads', change: returnShareKey(owner, month), add: { used: 1 }, when }
}

/** Checks the delivery again at the moment of the write; the caller may have read an older state. */
function ifReturnable({ schoolId, note }: LeadReturn): Condition {
  const conditions: Condition[] = [
    { attribute: 'schoolId', is: 'equal', value: schoolId },
    { attribute: 'deliveredAt', is: 'present' },
    ...ifLead,
    { attribute: 'test', is: 'equal', value: false },
  ]
  return { all: note === undefined ? conditions : [...conditions, notErased] }
}

/** The answer of staff may name a person, so it is not stored once the person is erased. */
function redactDecision({ answer, ...decision }: ReturnDecision, state: DeliveryState): ReturnDecision {
  return answer === undefined || state === 'erased' ? decision : { ...decision, answer }
}

function ifAnswerAllowed({ answer }: ReturnDecision): Condition[] {
  return answer === undefined ? [] : [notErased]
}

// A note that is written after the erasure would stay for ever.
const notErased = {
  attribute: 'state',
  is: 'one-of',
  values: deliveryState.exclude(['erased']).options,
} as const

/** Of two concurrent decisions, one fails its condition. */
function buildDecisionWrite(
  deliveryId: string,
  state: keyof typeof returnPriorStates,
  decision: ReturnDecision,
  more: Item = {},
): Write<Table> {
  const set = { state, ...toItem(decision), ...returnEntry({ deliveryId, state, at: decision.decidedAt }), ...more }
  const when = { attribute: 'state', is: 'one-of', values: returnPriorStates[state] } as const
  return { in: 'leads', change: returnKey(deliveryId), set, when }
}

/** The accepted return is the credit in the ledger of its school. What was never charged is not credited. */
function buildCredit(delivery: z.output<typeof soldDeliveryRow>, at: string): Item {
  const { deliveryId, ledgerSk, deliveredAt } = delivery
  if (ledgerSk === undefined || deliveredAt === undefined) return {}
  const accountName = toAccountName(toSchoolAccount(delivery))
  return { ...ledgerIndexEntry(accountName, { at, entryId: toEntryId(deliveryId, 'credit') }), originalAt: deliveredAt }
}

/**
 * Empties the reservations of the delivery, so that no later event releases them again. A bounced delivery is refused:
 * its reservations are released when it ends.
 */
function buildReturnedWrite(deliveryId: string, decision: ReturnDecision): Write<Table> {
  const when: Condition = {
    all: [
      { attribute: 'deliveredAt', is: 'present' },
      { attribute: 'returnedAt', is: 'absent' },
      ...ifAnswerAllowed(decision),
    ],
  }
  return { in: 'leads', change: deliveryKey(deliveryId), set: { returnedAt: decision.decidedAt, taken: [] }, when }
}

const returnRow = toRowSchema(leadReturn)
const sharedRow = z.object({ share: z.object({ owner: z.string(), month: z.string() }).optional() })
const soldDeliveryRow = z.object({
  deliveryId: z.string(),
  leadId: z.string(),
  campaignId: z.string(),
  schoolId: z.string(),
  payoutCents: z.int().optional(),
  binding: rowBinding,
  ...chargeFields,
  state: deliveryState,
  deliveredAt: z.string().optional(),
  returnedAt: z.string().optional(),
  leadReceivedAt: z.string().optional(),
  taken: z.array(z.object({ owner: z.string(), counter: z.string(), amount: z.number() })).default([]),
})
