import { describe, expect, it } from 'vitest'
import { type CrashEvidence, findFaults } from './find-faults.ts'

const deliveredRequest = { webhookId: 'dlv_1', leadId: 'lead_1', sha256: 'aa', verified: true }
const school = { id: 'open', maxLeads: 1, log: [deliveredRequest], records: ['dlv_1'] }
const receipt = {
  leadId: 'lead_1',
  outcome: 'accepted' as const,
  schools: [{ schoolId: 'open', name: 'Open', deliveryId: 'dlv_1' }],
  receivedAt: '2026-11-23T15:00:00.000Z',
}
const soundEvidence: CrashEvidence = { submissionCount: 1, receipts: [receipt], schools: [school], changedResponses: 0 }

describe('findFaults', () => {
  it('finds no fault if all promises hold, also with repeats', () => {
    expect(findFaults(soundEvidence)).toEqual([])
    expect(
      findFaults({
        ...soundEvidence,
        schools: [{ ...school, log: [deliveredRequest, deliveredRequest, deliveredRequest] }],
      }),
    ).toEqual([])
  })

  it.each<[string, Partial<CrashEvidence>, RegExp]>([
    ['a submission without a response', { submissionCount: 2 }, /never accepted/],
    ['two receipts for one lead', { submissionCount: 2, receipts: [receipt, receipt] }, /two receipts/],
    ['a different response to the same submission', { changedResponses: 1 }, /another response/],
    ['a delivery that no school received', { schools: [{ ...school, log: [] }] }, /deliveries are lost/],
    [
      'a delivery that a school received and did not store',
      { schools: [{ ...school, records: [] }] },
      /have no record/,
    ],
    [
      'two records of one delivery',
      { schools: [{ ...school, records: ['dlv_1', 'dlv_1'] }] },
      /records are there twice/,
    ],
    [
      'a delivery that no receipt names',
      { schools: [{ ...school, log: [deliveredRequest, buildOtherDelivery({})] }] },
      /that no receipt names/,
    ],
    [
      'more deliveries than a cap allows',
      { schools: [{ ...school, log: [deliveredRequest, buildOtherDelivery({})] }] },
      /over the cap arrived/,
    ],
    ['one promise more than a cap allows', { schools: [{ ...school, maxLeads: 0 }] }, /over the cap were promised/],
    [
      'a lead under two ids',
      { schools: [{ ...school, log: [deliveredRequest, buildOtherDelivery({ leadId: 'lead_1' })] }] },
      /two ids/,
    ],
    [
      'a repeat with another body',
      { schools: [{ ...school, log: [deliveredRequest, { ...deliveredRequest, sha256: 'bb' }] }] },
      /another body/,
    ],
    [
      'a delivery of another lead',
      { schools: [{ ...school, log: [{ ...deliveredRequest, leadId: 'lead_9' }] }] },
      /another lead/,
    ],
    [
      'a wrong signature',
      { schools: [{ ...school, log: [{ ...deliveredRequest, verified: false }] }] },
      /no valid signature/,
    ],
    ['one id at two schools', { schools: [school, { ...school, id: 'other' }] }, /came to two schools/],
  ])('detects: %s', (_, overrides, fault) => {
    expect(findFaults({ ...soundEvidence, ...overrides })).toContainEqual(expect.stringMatching(fault))
  })
})

function buildOtherDelivery(overrides: { leadId?: string }) {
  return { webhookId: 'dlv_2', leadId: 'lead_2', sha256: 'cc', verified: true, ...overrides }
}
