import * as z from 'zod'
import { parseOwnerName } from '../../../domain/catalog/generation.ts'
import type { Delivery } from '../../../domain/delivery/delivery.ts'
import { type Account, toAccountName } from '../../../domain/reporting/ledger/account.ts'
import { toEntryId } from '../../../domain/reporting/ledger/ledger-entry.ts'
import type { Item, Write } from '../../engine/engine.ts'
import { ledgerPartition, payoutIndexEntry } from '../../index-keys.ts'
import type { Table } from '../../keys.ts'
import { buildEntryWrite } from './entry-rows.ts'

/**
 * What the row of a delivery says about what its source earns. `payoutPk`: the ledger of the source. `payoutSk`: the place of the
 * payout in it, once the source has earned it. The first payout is the row itself.
 */
export const payoutFields = { payoutPk: z.string().optional(), payoutSk: z.string().optional() }
type PaidDelivery = Pick<Delivery, 'deliveryId' | 'leadId' | 'campaignId' | 'payoutCents' | 'payoutOn'> & {
  payoutPk?: string | undefined
  payoutSk?: string | undefined
  /** How often a bounce has taken back the charge and the payout. */
  chargeReversals?: number | undefined
}

/** Returns what the row of a new delivery says about its payout: the account, and the entry if it is earned already. */
export function buildPayoutKeys(
  {
    deliveryId,
    createdAt,
    payoutCents,
    payoutOn,
  }: Pick<Delivery, 'deliveryId' | 'createdAt' | 'payoutCents' | 'payoutOn'>,
  source: Omit<Account, 'kind'>,
): Item {
  if (payoutCents === undefined) return {}
  const accountName = toAccountName({ kind: 'sources', ...source })
  if (payoutOn === undefined) return { payoutPk: ledgerPartition(accountName) }
  return payoutIndexEntry(accountName, { at: createdAt, entryId: toEntryId(deliveryId, 'payout') })
}

/** Returns what the transaction that delivers a lead at `at` adds to it if that is what the source is paid for. */
export function buildPayout(delivery: PaidDelivery, at: string): { set: Item; writes: Write<Table>[] } {
  const { deliveryId, leadId, campaignId, payoutCents, payoutPk, payoutSk, chargeReversals = 0 } = delivery
  if (payoutCents === undefined || payoutPk === undefined || delivery.payoutOn === 'accepted')
    return { set: {}, writes: [] }
  const account = parseSourceAccount(payoutPk)
  const entryId = toEntryId(deliveryId, 'payout', chargeReversals + 1)
  if (payoutSk === undefined) return { set: payoutIndexEntry(toAccountName(account), { at, entryId }), writes: [] }
  const entry = { entryId, kind: 'payout', at, amountCents: payoutCents, deliveryId, leadId, campaignId } as const
  return { set: {}, writes: [buildEntryWrite(account, entry)] }
}

/** Takes back the payout of a delivery whose email bounced. */
export function buildPayoutReversal(
  delivery: PaidDelivery & Pick<Delivery, 'deliveredAt'>,
  at: string,
): Write<Table>[] {
  const { deliveryId, leadId, campaignId, payoutCents, payoutPk, payoutSk, payoutOn, deliveredAt } = delivery
  if (payoutCents === undefined || payoutPk === undefined || payoutSk === undefined || payoutOn === 'accepted')
    return []
  const number = (delivery.chargeReversals ?? 0) + 1
  const entry = {
    entryId: toEntryId(deliveryId, 'unpaid', number),
    kind: 'reversal',
    at,
    amountCents: -payoutCents,
    reverses: toEntryId(deliveryId, 'payout', number),
    ...(deliveredAt !== undefined && { originalAt: deliveredAt }),
    ...{ deliveryId, leadId, campaignId },
  } as const
  return [buildEntryWrite(parseSourceAccount(payoutPk), entry)]
}

/** Returns what an accepted return adds to its row: the source gives back what it earned with the lead. */
export function buildChargeback(
  { deliveryId, payoutCents, payoutPk, payoutSk, deliveredAt }: PaidDelivery & Pick<Delivery, 'deliveredAt'>,
  at: string,
): Item {
  if (payoutCents === undefined || payoutPk === undefined || payoutSk === undefined) return {}
  const accountName = toAccountName(parseSourceAccount(payoutPk))
  const entryId = toEntryId(deliveryId, 'chargeback')
  const [firstPaidAt = at] = payoutSk.split('#')
  // After a bounce the payout is that of the delivery after it.
  const paidAt = deliveredAt !== undefined && deliveredAt > firstPaidAt ? deliveredAt : firstPaidAt
  return { ...payoutIndexEntry(accountName, { at, entryId }), chargebackCents: payoutCents, paidAt }
}

function parseSourceAccount(payoutPk: string): Account {
  return { kind: 'sources', ...parseOwnerName(payoutPk.slice(ledgerPartition(accountPrefix).length)) }
}

const accountPrefix = 'sources#'
