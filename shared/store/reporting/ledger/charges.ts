import * as z from 'zod'
import { parseOwnerName } from '../../../domain/catalog/generation.ts'
import { toSchoolOwner } from '../../../domain/delivery/binding.ts'
import type { Delivery } from '../../../domain/delivery/delivery.ts'
import { type Account, toAccountName } from '../../../domain/reporting/ledger/account.ts'
import { isBillable, toEntryId } from '../../../domain/reporting/ledger/ledger-entry.ts'
import type { Condition, Item, Write } from '../../engine/engine.ts'
import { ledgerIndexEntry } from '../../index-keys.ts'
import type { Table } from '../../keys.ts'
import { buildEntryWrite } from './entry-rows.ts'
import { buildPayout, buildPayoutReversal, payoutFields } from './payouts.ts'

/**
 * What the row of a delivery says about its charge and its payout. The first charge is the row itself, so that a delivery is charged by
 * the write that delivers it; `ledgerSk` is then its place in the ledger. `chargeReversals`: how often both were taken back
 * because an email bounced.
 */
export const chargeFields = {
  ledgerSk: z.string().optional(),
  chargeReversals: z.int().optional(),
  ...payoutFields,
}
type Charges = { ledgerSk?: string | undefined; payoutSk?: string | undefined; chargeReversals?: number | undefined }
type ChargedDelivery = Pick<Delivery, 'deliveryId' | 'leadId' | 'campaignId' | 'priceCents' | 'test' | 'schoolId'> &
  Pick<Delivery, 'erases' | 'withdraws' | 'binding' | 'payoutCents' | 'payoutOn'> &
  Charges & { payoutPk?: string | undefined }

/** The account of the school that a delivery is bound to. */
export function toSchoolAccount(delivery: Parameters<typeof toSchoolOwner>[0]): Account {
  return { kind: 'schools', ...parseOwnerName(toSchoolOwner(delivery)) }
}

/**
 * Returns what the transaction that delivers a lead at `at` adds to it, the charge of the school and the payout of the source:
 * attributes of the row of the delivery, or entries of their own if earlier ones of the same delivery were taken back. No
 * bounce is recorded during an attempt, so what a lease holder has read of them stays true.
 */
export function buildSale(delivery: ChargedDelivery, at: string): { set: Item; writes: Write<Table>[] } {
  const [charge, payout] = [buildCharge(delivery, at), buildPayout(delivery, at)]
  return { set: { ...charge.set, ...payout.set }, writes: [...charge.writes, ...payout.writes] }
}

function buildCharge(delivery: ChargedDelivery, at: string): { set: Item; writes: Write<Table>[] } {
  const { deliveryId, leadId, campaignId, priceCents, ledgerSk, chargeReversals = 0 } = delivery
  if (!isBillable(delivery)) return { set: {}, writes: [] }
  const account = toSchoolAccount(delivery)
  const entryId = toEntryId(deliveryId, 'charge', chargeReversals + 1)
  if (ledgerSk === undefined) return { set: ledgerIndexEntry(toAccountName(account), { at, entryId }), writes: [] }
  const entry = { entryId, kind: 'charge', at, amountCents: -priceCents, deliveryId, leadId, campaignId } as const
  return { set: {}, writes: [buildEntryWrite(account, entry)] }
}

type BouncedDelivery = ChargedDelivery & Pick<Delivery, 'deliveredAt'>

/** Takes back charge and payout of a delivery whose email bounced, in the transaction that says that it did not arrive. */
export function buildSaleReversal(
  delivery: BouncedDelivery,
  at: string,
): { add: { [name: string]: number }; writes: Write<Table>[] } {
  const writes = [...buildChargeReversal(delivery, at), ...buildPayoutReversal(delivery, at)]
  return { add: writes.length > 0 ? { chargeReversals: 1 } : {}, writes }
}

function buildChargeReversal(delivery: BouncedDelivery, at: string): Write<Table>[] {
  const { deliveryId, leadId, campaignId, priceCents, deliveredAt, ledgerSk, chargeReversals = 0 } = delivery
  if (ledgerSk === undefined) return []
  const number = chargeReversals + 1
  const entry = {
    entryId: toEntryId(deliveryId, 'bounced', number),
    kind: 'reversal',
    at,
    amountCents: priceCents,
    reverses: toEntryId(deliveryId, 'charge', number),
    ...(deliveredAt !== undefined && { originalAt: deliveredAt }),
    ...{ deliveryId, leadId, campaignId },
  } as const
  return [buildEntryWrite(toSchoolAccount(delivery), entry)]
}

/** The condition that no charge and no payout of the delivery was made or taken back since it was read. */
export function ifChargesUnchanged({ ledgerSk, payoutSk, chargeReversals }: Charges): Condition {
  return {
    all: [
      { attribute: 'ledgerSk', is: ledgerSk === undefined ? 'absent' : 'present' },
      { attribute: 'payoutSk', is: payoutSk === undefined ? 'absent' : 'present' },
      chargeReversals === undefined
        ? { attribute: 'chargeReversals', is: 'absent' }
        : { attribute: 'chargeReversals', is: 'equal', value: chargeReversals },
    ],
  }
}
