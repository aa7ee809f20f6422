import * as z from 'zod'
import type { Route } from '#shared/contract/route.ts'
import { routes } from '#shared/contract/routes.ts'
import { deliveryState } from '#shared/domain/delivery/delivery.ts'
import type { Scenario } from './create-lead-scenarios.ts'

/**
 * Which leads an operation shows with contact details. `taken`: those that the school has. `opened`: those, and those that
 * it opens by the call. `revealed`: every lead, to a key that may reveal. `exported`: those without a stop, to such a key.
 * `proven`: every lead to such a key, also after an erasure. `suppressed`: people who are suppressed and not erased, to such
 * a key.
 */
export type Shows = 'nothing' | 'taken' | 'opened' | 'revealed' | 'exported' | 'proven' | 'suppressed'
type Context = { erasureId: string; day: string }
type OperationCall = { path: string; body?: object }
type LeadOperation = {
  shows: Shows
  calls: (scenario: Scenario, context: Context) => OperationCall[]
}

/** The names of the operations that answer with a lead, a delivery or a table of leads, by the contract. */
export function listLeadOperations(): Route[] {
  return Object.values(routes)
    .flat()
    .filter((route: Route) => Object.values(route.responses).some(showsLead))
}

const leadFields = ['leadId', 'deliveryId', 'contact', 'email', 'phone']

function showsLead({ body, contentType }: Route['responses'][number]): boolean {
  if (contentType?.includes('csv')) return true
  if (!body) return false
  const schema = JSON.stringify(z.toJSONSchema(body, { unrepresentable: 'any' }))
  return leadFields.some((field) => schema.includes(`"${field}":`))
}

const hidden = (calls: LeadOperation['calls']): LeadOperation => ({ shows: 'nothing', calls })
const hiddenPath = (path: string, body?: object) => hidden(() => [{ path, ...(body && { body }) }])
const school = (suffix: string, body?: object): LeadOperation['calls'] => {
  return ({ deliveryId }) => [{ path: `/v1/school/deliveries/${deliveryId}${suffix}`, ...(body && { body }) }]
}
const ops = (suffix: string, body?: object): LeadOperation['calls'] => {
  return ({ deliveryId }) => [{ path: `/v1/ops/deliveries/${deliveryId}${suffix}`, ...(body && { body }) }]
}
const lead = (suffix: string, body?: object): LeadOperation['calls'] => {
  return ({ leadId }) => [{ path: `/v1/ops/leads/${leadId}${suffix}`, ...(body && { body }) }]
}
/** A month, such as `2026-11`, of a day. */
const toMonth = (day: string) => day.slice(0, 7)
const noPerson = 'psn_4fJ0q2mXbW7cT1nZ8yKd5A'
const span = (day: string) => `from=${day}&to=${day}`

/** One row for each operation of `listLeadOperations`, written by hand. Those that change a delivery come last. */
export const leadOperations: { [operation: string]: LeadOperation } = {
  listSchoolLeads: { shows: 'taken', calls: () => [{ path: '/v1/school/leads?limit=100' }] },
  readDeliveryLog: { shows: 'taken', calls: school('') },
  listDispositions: hidden(school('/dispositions')),
  listSchoolReturns: hiddenPath('/v1/school/returns'),
  listPublisherLeads: hiddenPath('/v1/publisher/leads?limit=100'),
  readPublisherLead: hidden(({ leadId }) => [{ path: `/v1/publisher/leads/${leadId}` }]),
  listLeads: hiddenPath('/v1/ops/leads?limit=100'),
  readLead: hidden(lead('')),
  searchLeads: hidden(({ email }) => [{ path: '/v1/ops/lead-searches', body: { email } }]),
  listDeliveries: hidden(() => deliveryState.options.map((state) => ({ path: `/v1/ops/deliveries?state=${state}` }))),
  listReturns: hidden(() =>
    ['requested', 'accepted', 'refused'].map((state) => ({ path: `/v1/ops/returns?state=${state}` })),
  ),
  exportReturns: hidden(() =>
    ['requested', 'accepted', 'refused'].map((state) => ({ path: `/v1/ops/returns/csv?state=${state}` })),
  ),
  exportPublisherConversions: hiddenPath('/v1/publisher/conversions/csv?platform=google&since=2026-11-01'),
  exportConversions: hiddenPath('/v1/ops/sources/landing/conversions/csv?platform=meta&since=2026-11-01'),
  listUntakenWork: hiddenPath('/v1/ops/untaken-work'),
  listQuarantine: hiddenPath('/v1/ops/quarantine'),
  readErasure: hidden((_, { erasureId }) => [{ path: `/v1/ops/erasures/${erasureId}` }]),
  readReconciliation: hidden((_, { day }) => [{ path: `/v1/ops/reports/reconciliation?day=${day}` }]),
  readDailyReport: hidden((_, { day }) => [{ path: `/v1/ops/reports/daily?${span(day)}` }]),
  readSchoolsReport: hidden((_, { day }) => [{ path: `/v1/ops/reports/schools?${span(day)}` }]),
  readSourcesReport: hidden((_, { day }) => [{ path: `/v1/ops/reports/sources?${span(day)}` }]),
  readGroupReport: hidden((_, { day }) => [{ path: `/v1/ops/reports/groups?by=campaigns&${span(day)}` }]),
  listLedgerEntries: hiddenPath('/v1/ops/accounts/schools/tall-grass/entries?limit=100'),
  readStatement: hidden((_, { day }) => [{ path: `/v1/ops/accounts/schools/tall-grass/statements/${toMonth(day)}` }]),
  exportStatement: hidden((_, { day }) => [
    { path: `/v1/ops/accounts/schools/tall-grass/statements/${toMonth(day)}/csv` },
  ]),
  readSchoolStatement: hidden((_, { day }) => [{ path: `/v1/school/statements/${toMonth(day)}` }]),
  exportSchoolStatement: hidden((_, { day }) => [{ path: `/v1/school/statements/${toMonth(day)}/csv` }]),
  readPublisherStatement: hidden((_, { day }) => [{ path: `/v1/publisher/statements/${toMonth(day)}` }]),
  exportPublisherStatement: hidden((_, { day }) => [{ path: `/v1/publisher/statements/${toMonth(day)}/csv` }]),
  // People who sign in, whose emails these show, are no visitors.
  listPeople: hiddenPath('/v1/ops/people'),
  readPerson: hiddenPath(`/v1/ops/people/${noPerson}`),
  listColleagues: hiddenPath('/v1/school/people'),
  readSelf: hiddenPath('/v1/session'),
  exportAudit: hidden(() => [{ path: '/v1/ops/audit/csv' }]),
  exportReport: hidden((_, { day }) => [{ path: `/v1/ops/reports/schools/csv?${span(day)}` }]),
  revealLead: { shows: 'revealed', calls: lead('/reveals', { purpose: 'Proof of consent.' }) },
  findConsentProofs: {
    shows: 'proven',
    calls: ({ email }) => [{ path: '/v1/ops/consent-proofs', body: { email, purpose: 'A complaint.' } }],
  },
  answerAccessRequest: {
    shows: 'proven',
    calls: ({ email }) => [{ path: '/v1/ops/access-requests', body: { email, purpose: 'Request 31.' } }],
  },
  listSuppressions: hiddenPath('/v1/ops/suppressions?limit=100'),
  searchSuppressions: hidden(({ email }) => [{ path: '/v1/ops/suppressions/searches', body: { email } }]),
  listWithdrawals: hiddenPath('/v1/ops/withdrawals?limit=100'),
  readWithdrawal: hidden(({ suppression }) =>
    suppression ? [{ path: `/v1/ops/withdrawals/${suppression.withdrawalId}` }] : [],
  ),
  // In plain text. A test of its own exports hashes. An erasure removes the plain text, also of a suppression that was there
  // before it.
  exportSuppressions: {
    shows: 'suppressed',
    calls: () => [{ path: '/v1/ops/suppressions/exports', body: { format: 'plain', purpose: 'For a school.' } }],
  },
  exportLeads: {
    shows: 'exported',
    calls: (_, { day }) => [
      { path: '/v1/ops/lead-exports', body: { day, contacts: 'revealed', purpose: 'Calls of today.' } },
    ],
  },

  // The visitor sends the contact details and gets none back.
  submitLead: hidden(() => []),
  takeLead: { shows: 'opened', calls: ({ deliveryId }) => [{ path: `/v1/school/leads/${deliveryId}/take` }] },
  recordDisposition: hidden(school('/dispositions', { disposition: 'contacted' })),
  requestReturn: hidden(school('/returns', { reason: 'duplicate' })),
  acceptReturn: hidden(ops('/return/accept', {})),
  refuseReturn: hidden(ops('/return/refuse', { answer: 'No.' })),
  recordOutcome: hidden(ops('/dispositions', { disposition: 'contacted' })),
  decideReturns: hidden(({ deliveryId }) => [
    { path: '/v1/ops/return-decisions', body: { decision: 'accept', deliveryIds: [deliveryId] } },
  ]),
  grantCredit: hidden(ops('/return', { reason: 'duplicate' })),
  handleUntakenWork: hidden(ops('/untaken-work/handled')),
  resendDelivery: hidden(school('/replay')),
  replayDelivery: hidden(ops('/replay')),
  addLedgerEntry: hiddenPath('/v1/ops/accounts/schools/tall-grass/entries', { kind: 'payment', amountCents: 1 }),
  invitePerson: hiddenPath('/v1/ops/people', {}),
  changePerson: hiddenPath(`/v1/ops/people/${noPerson}`, {}),
  sendInvitation: hiddenPath(`/v1/ops/people/${noPerson}/invitations`),
  inviteColleague: hiddenPath('/v1/school/people', {}),
  changeColleague: hiddenPath(`/v1/school/people/${noPerson}`, {}),
  sendColleagueInvitation: hiddenPath(`/v1/school/people/${noPerson}/invitations`),
  signIn: hiddenPath('/v1/sign-ins', { token: 'unknown' }),
  completeProviderSignIn: hiddenPath('/v1/provider-sign-ins/completions', { parameters: 'code=x' }),
  proveSecondFactor: hiddenPath('/v1/session/second-factor', { code: '000000' }),
  sendCampaignTestLead: hiddenPath('/v1/ops/campaigns/tall-grass-tx/test-leads'),
  sendTestLead: hiddenPath('/v1/school/test-leads', { campaignId: 'tall-grass-tx' }),
  releaseLead: hidden(lead('/release')),
  rejectLead: hidden(lead('/reject')),
  addSuppression: hidden(({ leadId }) => [{ path: '/v1/ops/suppressions', body: { leadId, reason: 'By phone.' } }]),
  liftSuppression: hidden(({ suppression }) =>
    suppression
      ? [{ path: `/v1/ops/suppressions/${suppression.suppressionId}/lift`, body: { reason: 'An error.' } }]
      : [],
  ),
  erasePerson: hidden(({ leadId }) => [{ path: '/v1/ops/erasures', body: { leadId } }]),
}
