import type { OperationExamples } from './operation-examples.ts'
import { at, campaignId, deliveryId, lastPage, later, leadId, schoolId } from './people.ts'

const account = { kind: 'schools', id: schoolId }
const by = { kind: 'staff', keyId: 'key_4fJ0q2mXbW7cT1nZ8yKd5A', name: 'Jo' }
const payment = {
  entryId: 'ent_9c1185a5c5e9fc54612808',
  kind: 'payment',
  at: later,
  amountCents: 250_000,
  currency: 'USD',
  reference: 'Wire 20261129-17',
  by,
}
const charge = {
  entryId: `${deliveryId}:charge`,
  kind: 'charge',
  at,
  amountCents: -4500,
  currency: 'USD',
  deliveryId,
  leadId,
  campaignId,
}

export const ledger: OperationExamples = {
  readAccount: {
    200: {
      account,
      name: 'Lone Prairie College',
      timeZone: 'America/Chicago',
      currency: 'USD',
      balanceCents: 245_500,
      billing: 'prepaid',
      credit: { limitCents: 0, usedCents: -241_000, leftCents: 241_000 },
      lowBalanceCents: 50_000,
    },
  },
  listLedgerEntries: { 200: { entries: [payment, charge], page: lastPage } },
  addLedgerEntry: { 201: payment, 200: payment },
}
