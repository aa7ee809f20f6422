import type { OperationExamples } from './operation-examples.ts'
import { at, delivery, lastPage, later, leadId, schoolId } from './people.ts'

const actor = { kind: 'staff', keyId: 'key_4fJ0q2mXbW7cT1nZ8yKd5A', name: 'Ada' }
const scope = { kind: 'all-schools' }
const reason = 'Asked by phone.'
const withdrawalId = 'wdr_4fJ0q2mXbW7cT1nZ8yKd5A'
const suppression = {
  suppressionId: 'sup_4fJ0q2mXbW7cT1nZ8yKd5A',
  scope,
  basis: 'withdrawal',
  at,
  state: 'active',
  identifiers: ['email', 'phone'],
  isHashed: false,
  actor,
  channel: 'staff',
  reason,
  leadId,
  withdrawalId,
  supersededBy: [],
}
const notice = {
  deliveryId: 'dlv_9kL4mN8pQ2rS6tU0vW3xYz',
  withdraws: delivery.deliveryId,
  leadId,
  schoolId,
  schoolName: delivery.schoolName,
  state: 'delivered',
  deliveredAt: later,
}
const withdrawal = {
  withdrawalId,
  at,
  actor,
  channel: 'staff',
  scope,
  reason,
  state: 'done',
  basis: 'withdrawal',
  endedAt: later,
  leads: 1,
  honorBy: '2026-12-07T15:04:05.000Z',
  notices: [notice],
}
const lifted = { state: 'lifted', endedAt: later, endedBy: actor, endReason: 'Someone else entered this number.' }
const importResult = {
  rows: 2,
  suppressed: 1,
  errors: [{ row: 2, code: 'invalid_phone', detail: '`phone` is not a valid phone number' }],
}
const page = '<!doctype html><html lang="en"><title>Stop contact from schools</title></html>'
const csvHeader = 'email_sha256,phone_sha256,scope,school_id,source_id,basis,at,channel,reason,suppression_id'

export const suppressions: OperationExamples = {
  listSuppressions: { 200: { suppressions: [suppression], page: lastPage } },
  searchSuppressions: { 200: { suppressions: [suppression] } },
  addSuppression: { 201: suppression },
  liftSuppression: { 200: { ...suppression, ...lifted } },
  importSuppressions: { 200: importResult },
  exportSuppressions: { 200: `${csvHeader}\r\n` },
  importSchoolWithdrawals: { 200: importResult },
  recordSchoolWithdrawal: { 202: { withdrawnAt: at } },
  listWithdrawals: { 200: { withdrawals: [withdrawal], page: lastPage } },
  readWithdrawal: { 200: withdrawal },
  showWithdrawalPage: { 200: page },
  withdrawByLink: { 202: page },
}
