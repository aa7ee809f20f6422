import * as z from 'zod'
import { type LeadReturn, returnPriorStates } from '../../domain/aftercare/lead-return.ts'
import { type DeliveryState, deliveryState } from '../../domain/delivery/delivery.ts'
import { toAccountName } from '../../domain/reporting/ledger/account.ts'
import { toEntryId } from '../../domain/reporting/ledger/ledger-entry.ts'
import { rowBinding } from '../delivery/delivery-row.ts'
import type { Condition, Item, Write } from '../engine/engine.ts'
import { ifLead } from '../if-unchanged.ts'
import { ledgerIndexEntry, returnEntry } from '../index-keys.ts'
import { deliveryKey, returnKey, returnShareKey, type Table } from '../keys.ts'
import { chargeFields, toSchoolAccount } from '../reporting/ledger/charges.ts'
import { toItem } from '../rows.ts'

export type ReturnDecision = {
  decidedAt: string
  decidedBy: NonNullable<LeadReturn['decidedBy']>
  answer?: string | undefined
}
/** The month of a campaign whose terms limit returns. `limit`: how many it allows. */
export type ReturnShare = { owner: string; month: string; limit: number }
export function buildShareWrite({ owner, month, limit }: ReturnShare): Write<Table> {
  const hasRoom = { attribute: 'used', is: 'at-most', value: limit - 1 } as const
  const when: Condition = limit < 1 ? hasRoom : { any: [{ exists: false }, hasRoom] }
  return { in: 'leads', change: returnShareKey(owner, month), add: { used: 1 }, when }
}

/** Checks the delivery again at the moment of the write; the caller may have read an older state. */
export function ifReturnable({ schoolId, note, evidenceUrl }: LeadReturn): Condition {
  const conditions: Condition[] = [
    { attribute: 'schoolId', is: 'equal', value: schoolId },
    { attribute: 'deliveredAt', is: 'present' },
    ...ifLead,
    { attribute: 'test', is: 'equal', value: false },
  ]
  return { all: note === undefined && evidenceUrl === undefined ? conditions : [...conditions, notErased] }
}

/** The answer of staff may name a person, so it is not stored once the person is erased. */
export function redactDecision({ answer, ...decision }: ReturnDecision, state: DeliveryState): ReturnDecision {
  return answer === undefined || state === 'erased' ? decision : { ...decision, answer }
}

export function ifAnswerAllowed({ answer }: Pick<ReturnDecision, 'answer'>): Condition[] {
  return answer === undefined ? [] : [notErased]
}

// A note that is written after the erasure would stay for ever.
const notErased = {
  attribute: 'state',
  is: 'one-of',
  values: deliveryState.exclude(['erased']).options,
} as const

/** Of two concurrent decisions, one fails its condition. */
export function buildDecisionWrite(
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
export function buildCredit(delivery: SoldDelivery, at: string): Item {
  const { deliveryId, ledgerSk, deliveredAt } = delivery
  if (ledgerSk === undefined || deliveredAt === undefined) return {}
  const accountName = toAccountName(toSchoolAccount(delivery))
  return { ...ledgerIndexEntry(accountName, { at, entryId: toEntryId(deliveryId, 'credit') }), originalAt: deliveredAt }
}

/**
 * Empties the reservations of the delivery, so that no later event releases them again. A bounced delivery is refused:
 * its reservations are released when it ends.
 */
export function buildReturnedWrite(
  deliveryId: string,
  decision: Pick<ReturnDecision, 'decidedAt' | 'answer'>,
  alsoIf?: Condition,
): Write<Table> {
  const when: Condition = {
    all: [
      { attribute: 'deliveredAt', is: 'present' },
      { attribute: 'returnedAt', is: 'absent' },
      ...ifAnswerAllowed(decision),
      ...(alsoIf ? [alsoIf] : []),
    ],
  }
  return { in: 'leads', change: deliveryKey(deliveryId), set: { returnedAt: decision.decidedAt, taken: [] }, when }
}

export const soldDeliveryRow = z.object({
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
export type SoldDelivery = z.output<typeof soldDeliveryRow>
