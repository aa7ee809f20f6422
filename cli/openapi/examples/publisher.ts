import { publisherLedger } from './ledger.ts'
import type { OperationExamples } from './operation-examples.ts'
import { at, conversionCsv, delivery, deliveryId, lastPage, later, leadId, schoolId, sourceCaps } from './people.ts'

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
  readOwnSource: {
    200: {
      ...sourceCaps,
      mode: 'live',
      payout: { amount: { kind: 'fixed', cents: 1200 }, on: 'delivered', per: 'lead' },
      postback: { kind: 'webhook', events: ['accepted', 'returned'] },
    },
  },
  listPublisherLeads: { 200: { leads: [lead], page: lastPage } },
  readPublisherLead: { 200: lead },
  exportPublisherConversions: { 200: conversionCsv },
  listPublisherNotifications: {
    200: {
      notifications: [
        {
          notificationId: 'ntf_4fJ0q2mXbW7cT1nZ8yKd5A',
          event: 'return-decided',
          at: later,
          subject: { kind: 'deliveries', id: deliveryId },
          figures: { decision: 'accepted', payoutCents: 1500 },
        },
      ],
      page: lastPage,
    },
  },
  readPublisherResults: {
    200: {
      timeZone: 'America/Chicago',
      subIdNames: ['sub1'],
      results: [
        {
          day: '2026-11-23',
          value: 'newsletter-12',
          leads: 20,
          accepted: 17,
          delivered: 16,
          returned: 1,
          payoutCents: 18_000,
        },
      ],
      page: lastPage,
    },
  },
}
