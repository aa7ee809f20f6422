import { describe, expect, it } from 'vitest'
import { type Evidence, faultsIn } from './oracle.ts'

const delivered = { webhookId: 'dlv_1', leadId: 'lead_1', sha256: 'aa', verified: true }
const school = { id: 'open', most: 1, log: [delivered], records: ['dlv_1'] }
const receipt = {
  leadId: 'lead_1',
  outcome: 'accepted' as const,
  schools: [{ schoolId: 'open', name: 'Open', deliveryId: 'dlv_1' }],
  receivedAt: '2026-11-23T15:00:00.000Z',
}
const sound: Evidence = { enquiries: 1, receipts: [receipt], schools: [school], answeredOtherwise: 0 }

describe('the oracle', () => {
  it('finds nothing where all is as promised, repeats included', () => {
    expect(faultsIn(sound)).toEqual([])
    expect(faultsIn({ ...sound, schools: [{ ...school, log: [delivered, delivered, delivered] }] })).toEqual([])
  })

  it.each<[string, Partial<Evidence>, RegExp]>([
    ['an enquiry that nobody answered', { enquiries: 2 }, /never taken/],
    ['two receipts for one lead', { enquiries: 2, receipts: [receipt, receipt] }, /two receipts/],
    ['another answer to the same enquiry', { answeredOtherwise: 1 }, /answered otherwise/],
    ['what a school never saw', { schools: [{ ...school, log: [] }] }, /deliveries are lost/],
    ['what a school saw and did not keep', { schools: [{ ...school, records: [] }] }, /have no record/],
    [
      'two records of one delivery',
      { schools: [{ ...school, records: ['dlv_1', 'dlv_1'] }] },
      /records are there twice/,
    ],
    ['what no receipt names', { schools: [{ ...school, log: [delivered, another({})] }] }, /that no receipt names/],
    ['more than a cap allows', { schools: [{ ...school, log: [delivered, another({})] }] }, /over the cap arrived/],
    ['one promise more than a cap allows', { schools: [{ ...school, most: 0 }] }, /over the cap were promised/],
    ['a lead under two ids', { schools: [{ ...school, log: [delivered, another({ leadId: 'lead_1' })] }] }, /two ids/],
    [
      'a repeat with another body',
      { schools: [{ ...school, log: [delivered, { ...delivered, sha256: 'bb' }] }] },
      /another body/,
    ],
    [
      'a delivery of another lead',
      { schools: [{ ...school, log: [{ ...delivered, leadId: 'lead_9' }] }] },
      /another lead/,
    ],
    ['a wrong signature', { schools: [{ ...school, log: [{ ...delivered, verified: false }] }] }, /no valid signature/],
    ['one id at two schools', { schools: [school, { ...school, id: 'other' }] }, /came to two schools/],
  ])('finds %s', (_, wrong, fault) => {
    expect(faultsIn({ ...sound, ...wrong })).toContainEqual(expect.stringMatching(fault))
  })
})

function another(given: { leadId?: string }) {
  return { webhookId: 'dlv_2', leadId: 'lead_2', sha256: 'cc', verified: true, ...given }
}
