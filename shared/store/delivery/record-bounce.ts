import * as z from 'zod'
import { type Attempt, isAcceptedByAny } from '../../domain/delivery/delivery.ts'
import type { Condition, Engine, Item, Row, Write } from '../engine/engine.ts'
import { ifSameVersion } from '../if-unchanged.ts'
import { dueEntry } from '../index-keys.ts'
import { attemptKey, deliveryKey, type Table } from '../keys.ts'
import { buildSaleReversal, chargeFields, ifChargesUnchanged } from '../reporting/ledger/charges.ts'
import { markRecountWrites } from '../reporting/recount-marks.ts'
import { toItem } from '../rows.ts'
import type { DeliveryWithAttempts } from './delivery-row.ts'
import { editFirstAttempt } from './first-attempt.ts'

/** `to`: the recipients that it came back from. */
export type RecordedBounce = { at: string; dueAt: string; to: readonly string[] }

/**
 * Marks an attempt as bounced, once it has bounced from each of its recipients. If no other attempt was accepted and the school has not opened the lead, the delivery no
 * longer counts as delivered, its charge and payout are reversed, and it is on hold until `dueAt`. One that the school got credit for stays as it is: it is paid
 * back already, and would be sent again for free. @throws if the delivery changed meanwhile; the bounce event is then processed again.
 */
export async function recordBounce(
  engine: Engine<Table>,
  delivery: DeliveryWithAttempts,
  attemptNumber: number,
  { at, dueAt, to }: RecordedBounce,
): Promise<void> {
  const { deliveryId, leadId, attemptLog, takenAt, returnedAt } = delivery
  const attempt = attemptLog.find(({ number }) => number === attemptNumber)
  const mark = markBounce(attempt, { at, to })
  const isStillDelivered =
    mark.bouncedAt === undefined ||
    takenAt !== undefined ||
    returnedAt !== undefined ||
    isAcceptedByAny(attemptLog.filter(({ number }) => number !== attemptNumber))
  const row = await engine.get({ in: 'leads', key: deliveryKey(deliveryId) })
  const charged = { ...delivery, ...chargedPart.parse(row ?? {}) }
  const reversal = isStillDelivered ? { add: {}, writes: [] } : buildSaleReversal(charged, at)
  const changes = isStillDelivered ? { when: ifSameVersion(delivery) } : undoDelivery(charged, reversal.add, dueAt)
  const outcome = await engine.transact([
    ...buildBounceWrites(row, { deliveryId, attemptNumber, mark, lost: attempt?.lostRecipients }, changes),
    ...reversal.writes,
    ...(isStillDelivered ? [] : markRecountWrites({ leadId, at })),
  ])
  if (!outcome.done) throw new Error('The delivery changed while its bounce was being recorded.')
}

type BounceMark = Pick<Attempt, 'bouncedAt' | 'recipients' | 'lostRecipients'>
type BounceTarget = { deliveryId: string; attemptNumber: number; mark: BounceMark; lost: number | undefined }

/** What the attempt says from now on: that it bounced, or from which of several recipients it did. */
function markBounce(attempt: Attempt | undefined, { at, to }: Pick<RecordedBounce, 'at' | 'to'>): BounceMark {
  if (!attempt?.recipients) return { bouncedAt: at }
  const recipients = attempt.recipients.map((recipient) =>
    recipient.state === 'sent' && to.includes(recipient.to) ? { ...recipient, state: 'bounced' as const } : recipient,
  )
  const lostRecipients = recipients.filter(({ state }) => state !== 'sent').length
  return { recipients, lostRecipients, ...(lostRecipients === recipients.length && { bouncedAt: at }) }
}

type DeliveryChanges = { when: Condition; set?: Item; remove?: string[]; add?: { [name: string]: number } }

/** Marks the attempt where it is: in the row of the delivery, or in its own. */
function buildBounceWrites(
  row: Row | undefined,
  { deliveryId, attemptNumber, mark, lost }: BounceTarget,
  changes: DeliveryChanges,
): Write<Table>[] {
  const change = deliveryKey(deliveryId)
  const firstAttempt = row && attemptNumber === 1 && editFirstAttempt(row, (fields) => ({ ...fields, ...mark }))
  if (firstAttempt) {
    const isAsRead: Condition = { attribute: 'firstAttempt', is: 'equal', value: String(row.firstAttempt) }
    return [
      {
        in: 'leads',
        change,
        ...changes,
        when: { all: [changes.when, isAsRead] },
        set: { ...changes.set, firstAttempt },
      },
    ]
  }
  const attemptChange = { change: attemptKey(deliveryId, attemptNumber), set: toItem(mark) }
  // Two recipients may bounce at the same time: neither may overwrite the other.
  const isAsRead: Condition =
    lost === undefined
      ? { attribute: 'lostRecipients', is: 'absent' }
      : { attribute: 'lostRecipients', is: 'equal', value: lost }
  return [
    { in: 'leads', ...attemptChange, when: { all: [{ exists: true }, isAsRead] } },
    changes.remove ? { in: 'leads', change, ...changes } : { in: 'leads', check: change, when: changes.when },
  ]
}

/** A delivery that is due again already keeps its schedule. */
function undoDelivery(
  delivery: DeliveryWithAttempts & z.output<typeof chargedPart>,
  add: { [name: string]: number },
  dueAt: string,
): DeliveryChanges {
  const isUnread = { attribute: 'takenAt', is: 'absent' } as const
  const isUncredited = { attribute: 'returnedAt', is: 'absent' } as const
  const when = { all: [ifSameVersion(delivery), isUnread, isUncredited, ifChargesUnchanged(delivery)] }
  if (delivery.state !== 'delivered') return { when, remove: ['deliveredAt', 'deliveredBy'], add }
  const set = { state: 'parked', dueAt, ...dueEntry(delivery.deliveryId, dueAt) }
  return { when, set, remove: ['deliveredAt', 'deliveredBy', 'settledAt'], add }
}

const chargedPart = z.object(chargeFields)
