import type { OperationExamples } from './operation-examples.ts'
import { at, campaignId, deliveryId, lastPage, later, leadId, schoolId } from './people.ts'

const account = { kind: 'schools', id: schoolId }
const by = { kind: 'staff', keyId: 'key_4fJ0q2mXbW7cT1nZ8yKd5A', name: 'Jo' }
/** As a school sees it: not by whom. */
const shownPayment = {
  entryId: 'ent_9c1185a5c5e9fc54612808',
  kind: 'payment',
  at: later,
  amountCents: 250_000,
  currency: 'USD',
  reference: 'Wire 20261129-17',
}
const payment = { ...shownPayment, by }
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

const summary = {
  account,
  name: 'Lone Prairie College',
  timeZone: 'America/Chicago',
  currency: 'USD',
  balanceCents: 245_500,
  billing: 'prepaid',
  credit: { limitCents: 0, usedCents: -241_000, leftCents: 241_000 },
  lowBalanceCents: 50_000,
}
const head = {
  account,
  name: 'Lone Prairie College',
  month: '2026-11',
  timeZone: 'America/Chicago',
  from: '2026-11-01T05:00:00.000Z',
  to: '2026-12-01T06:00:00.000Z',
  currency: 'USD',
  openingCents: 0,
  totals: { charge: -4500, credit: 0, payment: 250_000, adjustment: 0, payout: 0, reversal: 0 },
  closingCents: 245_500,
  closedAt: '2026-12-02T06:10:00.000Z',
  previousHash: '0'.repeat(64),
  hash: 'f874ed9beeeb0063fd5d0d81c6c6d7b1d9016b9c04f48cdb69c94759a4a0ca24',
}
const monthStatement = { ...head, entries: [charge, shownPayment] }
const sourceAccount = { kind: 'sources', id: 'landing' }
const payout = { ...charge, entryId: `${deliveryId}:payout`, kind: 'payout', amountCents: 1800 }
const sourceHead = {
  ...head,
  account: sourceAccount,
  name: 'Landing page',
  totals: { ...head.totals, charge: 0, payment: 0, payout: 1800 },
  closingCents: 1800,
}
const sourceStatement = { ...sourceHead, entries: [payout] }
const csvHeader =
  'at,kind,amountCents,balanceCents,currency,entryId,leadId,deliveryId,campaignId,reverses,corrects,reason,reference'
const csv = `${csvHeader}\r\n${head.from},opening,,0,USD,,,,,,,,\r\n`
const page = '<!doctype html><title>Statement for 2026-11: Lone Prairie College</title>'
const sourcePage = '<!doctype html><title>Statement for 2026-11: Landing page</title>'

export const ledger: OperationExamples = {
  readStatement: { 200: monthStatement },
  exportStatement: { 200: csv },
  showStatement: { 200: page },
  verifyStatements: { 200: { statements: 1, entries: 2, lastHash: head.hash, faults: [] } },

  readAccount: { 200: { ...summary, statements: [head] } },
  listLedgerEntries: { 200: { entries: [payment, charge], page: lastPage } },
  addLedgerEntry: { 201: payment, 200: payment },
}

export const schoolLedger: OperationExamples = {
  readSchoolAccount: { 200: { ...summary, statements: [head] } },
  readSchoolStatement: { 200: monthStatement },
  exportSchoolStatement: { 200: csv },
  showSchoolStatement: { 200: page },
}

export const publisherLedger: OperationExamples = {
  readPublisherAccount: {
    200: {
      account: sourceAccount,
      name: 'Landing page',
      timeZone: 'UTC',
      currency: 'USD',
      balanceCents: 1800,
      statements: [sourceHead],
    },
  },
  readPublisherStatement: { 200: sourceStatement },
  exportPublisherStatement: { 200: csv },
  showPublisherStatement: { 200: sourcePage },
}
