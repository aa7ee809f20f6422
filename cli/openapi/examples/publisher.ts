import { publisherLedger } from './ledger.ts'
import type { OperationExamples } from './operation-examples.ts'
import { at, delivery, deliveryId, lastPage, later, leadId, schoolId } from './people.ts'

const lead = {
  leadId,
  receivedAt: at,
  outcome: 'accepted',
  careerSlug: 'health-record-technician',
  test: false,
  subIds: { sub1: 'newsletter-12' },
  page: { url: 'https://careers.example/health-record-technician' },
  verdicts: [
    { schoolId, programId: delivery.programId, selected: true },
    { schoolId: 'bay-shore', selected: false, reason: 'CAP_DAY', until: '2026-11-24T06:00:00.000Z' },
  ],
  deliveries: [{ deliveryId, schoolId, schoolName: delivery.schoolName, state: 'delivered', deliveredAt: later }],
}

export const publisher: OperationExamples = {
  ...publisherLedger,
  listPublisherLeads: { 200: { leads: [lead], page: lastPage } },
  readPublisherLead: { 200: lead },
}
