import * as z from 'zod'
import type { Route } from '#shared/contract/route.ts'
import { routes } from '#shared/contract/routes.ts'
import { deliveryState } from '#shared/domain/delivery/delivery.ts'
import type { Scenario } from './create-lead-scenarios.ts'

/**
 * Which leads an operation shows with contact details. `taken`: those that the school has. `opened`: those, and those that
 * it opens by the call. `revealed`: every lead, to a key that may reveal. `exported`: those without a stop, to such a key.
 */
export type Shows = 'nothing' | 'taken' | 'opened' | 'revealed' | 'exported'
type Context = { erasureId: string; day: string }
type OperationCall = { path: string; body?: object }
type LeadOperation = { shows: Shows; calls: (scenario: Scenario, context: Context) => OperationCall[] }

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

const nothing = (calls: LeadOperation['calls']): LeadOperation => ({ shows: 'nothing', calls })
const nothingAt = (path: string, body?: object) => nothing(() => [{ path, ...(body && { body }) }])
const school = (suffix: string, body?: object): LeadOperation['calls'] => {
  return ({ deliveryId }) => [{ path: `/v1/school/deliveries/${deliveryId}${suffix}`, ...(body && { body }) }]
}
const ops = (suffix: string, body?: object): LeadOperation['calls'] => {
  return ({ deliveryId }) => [{ path: `/v1/ops/deliveries/${deliveryId}${suffix}`, ...(body && { body }) }]
}
const lead = (suffix: string, body?: object): LeadOperation['calls'] => {
  return ({ leadId }) => [{ path: `/v1/ops/leads/${leadId}${suffix}`, ...(body && { body }) }]
}
const span = (day: string) => `from=${day}&to=${day}`

/** One row for each operation of `listLeadOperations`, written by hand. Those that change a delivery come last. */
export const leadOperations: { [operation: string]: LeadOperation } = {
  listSchoolLeads: { shows: 'taken', calls: () => [{ path: '/v1/school/leads?limit=100' }] },
  readDeliveryLog: { shows: 'taken', calls: school('') },
  listDispositions: nothing(school('/dispositions')),
  listSchoolReturns: nothingAt('/v1/school/returns'),
  listLeads: nothingAt('/v1/ops/leads?limit=100'),
  readLead: nothing(lead('')),
  searchLeads: nothing(({ email }) => [{ path: '/v1/ops/lead-searches', body: { email } }]),
  listDeliveries: nothing(() => deliveryState.options.map((state) => ({ path: `/v1/ops/deliveries?state=${state}` }))),
  listReturns: nothing(() =>
    ['requested', 'accepted', 'refused'].map((state) => ({ path: `/v1/ops/returns?state=${state}` })),
  ),
  listUntakenWork: nothingAt('/v1/ops/untaken-work'),
  listQuarantine: nothingAt('/v1/ops/quarantine'),
  readErasure: nothing((_, { erasureId }) => [{ path: `/v1/ops/erasures/${erasureId}` }]),
  readReconciliation: nothing((_, { day }) => [{ path: `/v1/ops/reports/reconciliation?day=${day}` }]),
  readDailyReport: nothing((_, { day }) => [{ path: `/v1/ops/reports/daily?${span(day)}` }]),
  readSchoolsReport: nothing((_, { day }) => [{ path: `/v1/ops/reports/schools?${span(day)}` }]),
  readSourcesReport: nothing((_, { day }) => [{ path: `/v1/ops/reports/sources?${span(day)}` }]),
  exportReport: nothing((_, { day }) => [{ path: `/v1/ops/reports/schools/csv?${span(day)}` }]),
  revealLead: { shows: 'revealed', calls: lead('/reveals', { purpose: 'Proof of consent.' }) },
  exportLeads: {
    shows: 'exported',
    calls: (_, { day }) => [
      { path: '/v1/ops/lead-exports', body: { day, contacts: 'revealed', purpose: 'Calls of today.' } },
    ],
  },

  // The visitor sends the contact details and gets none back.
  submitLead: nothing(() => []),
  takeLead: { shows: 'opened', calls: ({ deliveryId }) => [{ path: `/v1/school/leads/${deliveryId}/take` }] },
  recordDisposition: nothing(school('/dispositions', { disposition: 'contacted' })),
  requestReturn: nothing(school('/returns', { reason: 'duplicate' })),
  acceptReturn: nothing(ops('/return/accept', {})),
  refuseReturn: nothing(ops('/return/refuse', { answer: 'No.' })),
  handleUntakenWork: nothing(ops('/untaken-work/handled')),
  resendDelivery: nothing(school('/replay')),
  replayDelivery: nothing(ops('/replay')),
  sendTestLead: nothingAt('/v1/school/test-leads', { campaignId: 'tall-grass-tx' }),
  releaseLead: nothing(lead('/release')),
  rejectLead: nothing(lead('/reject')),
  erasePerson: nothing(({ leadId }) => [{ path: '/v1/ops/erasures', body: { leadId } }]),
}
