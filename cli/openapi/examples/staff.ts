import { createKey } from '#shared/contract/access/keys.ts'
import { fullSampleLead } from '#shared/domain/delivery/sample-event.ts'
import { deliveryTimeBounds } from '#shared/domain/reporting/delivery-times.ts'
import { access } from './access.ts'
import { ledger } from './ledger.ts'
import type { OperationExamples } from './operation-examples.ts'
import { at, campaignId, capUsage, conversionCsv, deliveryId, lastPage, later, schoolId, sourceCaps } from './people.ts'
import { portal } from './portal.ts'
import { secretResponse } from './school.ts'

const day = '2026-11-23'
const key = { keyId: 'key_4fJ0q2mXbW7cT1nZ8yKd5A', ...createKey.example.body, createdAt: at }
const buildRun = (leads: number) => ({
  leads: 120,
  unmatched: 120 - leads,
  schools: { [schoolId]: { leads, revenueCents: leads * 4500 } },
  refusals: { STATE: 14 },
  capsReached: { [campaignId]: 2 },
})

const outcome = {
  dispositionId: 'dsp_4fJ0q2mXbW7cT1nZ8yKd5A',
  ...{ deliveryId, disposition: 'enrolled', term: 'Fall 2027', at, recordedAt: later, byStaff: true },
}

export const staff: OperationExamples = {
  ...access,
  ...portal,
  ...ledger,
  rotateCampaignSecret: secretResponse,
  sendCampaignTestLead: {
    202: { leadId: 'lead_4fJ0q2mXbW7cT1nZ8yKd5A', deliveryId: 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A' },
  },
  listEndpointTemplates: {
    200: {
      templates: [
        {
          templateId: 'leadconduit',
          name: 'LeadConduit (ActiveProspect)',
          documentation: [{ title: 'Responses', url: 'https://www.npmjs.com/package/leadconduit-default' }],
          inputs: [
            {
              name: 'flowId',
              label: 'Flow ID',
              help: 'In the posting URL, after /flows/.',
              example: '5462c7eb76fefd217d333552',
              pattern: '[0-9a-f]{24}',
            },
          ],
          notes: ['LeadConduit ignores a field that the flow does not have.'],
          samples: [],
        },
      ],
    },
  },
  fillEndpointTemplate: {
    200: {
      endpoint: {
        kind: 'webhook',
        url: 'https://app.leadconduit.com/flows/5462c7eb76fefd217d333552/sources/5462c7fb745fb567baf2e093/submit',
        request: {
          method: 'POST',
          format: 'form',
          fields: { first_name: '{{ contact.firstName }}', email: '{{ contact.email }}' },
        },
        preset: 'leadconduit',
      },
    },
  },
  previewEndpoint: {
    200: {
      request: {
        method: 'POST',
        url: 'https://leads.tall-grass.example/inquiries',
        headers: { 'content-type': 'application/xml', 'x-api-key': '(secret)' },
        body: '<lead><name>Ada Example</name><phone>512-789-1111</phone><level>3</level></lead>',
      },
      reading: { means: 'rejected', reason: 'Too young' },
    },
  },
  simulateCampaigns: { 200: { before: buildRun(70), after: buildRun(84), page: lastPage } },
  listAudit: {
    200: {
      entries: [
        {
          entryId: 'aud_4fJ0q2mXbW7cT1nZ8yKd5A',
          at: later,
          actor: { kind: 'staff', keyId: key.keyId, name: 'Jo' },
          action: 'record.changed',
          record: { kind: 'schools', id: schoolId },
          before: { name: 'Tall Grass College', timeZone: 'America/Chicago' },
          after: { name: 'Tall Grass University', timeZone: 'America/Chicago' },
          sealDay: day,
          sequence: 12,
        },
      ],
      page: lastPage,
    },
  },
  exportAudit: {
    200: 'at,action,record_kind,record_id,actor_kind,actor_name,actor_key_id,actor_owner_id,actor_person_id,before,after,entry_id,seal_day,sequence\r\n',
  },
  verifyAudit: {
    200: {
      day,
      sealed: 12,
      waiting: 0,
      head: { day, firstSequence: 1, sequence: 12, previousHash: '0'.repeat(64), hash: '9f'.repeat(32) },
      faults: [],
    },
  },
  listKeys: { 200: { keys: [{ ...key, lastUsedAt: later }], page: lastPage } },
  createKey: { 201: { ...key, key: 'sk_...' } },
  readOverview: {
    200: {
      day,
      hours: [{ hour: 15, accepted: 31, unmatched: 2, duplicate: 1, test: 0 }],
      deliveries: { delivered: 58, pending: 1 },
      timeToDelivery: [...deliveryTimeBounds.map((seconds) => (seconds === 1 ? 58 : 0)), 0],
      scanned: 93,
      page: lastPage,
    },
  },
  exportConversions: { 200: conversionCsv },
  recordOutcome: { 200: outcome, 201: outcome },
  listStaleFacts: {
    200: {
      careers: [
        {
          slug: 'health-record-technician',
          title: 'Health Record Technician',
          sources: [
            {
              source: { name: 'U.S. Bureau of Labor Statistics, Occupational Employment and Wage Statistics' },
              count: 9,
              periods: ['May 2024'],
              expiredAt: '2026-04-01T00:00:00.000Z',
              refresh: { command: 'import wages', file: 'national_M2025_dl.xlsx' },
            },
          ],
        },
      ],
      page: lastPage,
    },
  },
  listSourceCaps: { 200: { sources: [sourceCaps], page: lastPage } },
  listCaps: {
    200: {
      campaigns: [
        {
          campaignId,
          schoolId,
          schoolName: fullSampleLead.data.school.name,
          status: 'active',
          pausedBy: [],
          open: true,
          caps: [capUsage],
        },
      ],
      schools: [
        {
          schoolId,
          schoolName: fullSampleLead.data.school.name,
          status: 'active',
          caps: [],
          credit: { limitCents: 500_000, usedCents: 413_500, leftCents: 86_500 },
        },
      ],
      page: lastPage,
    },
  },
  readAttention: {
    200: {
      items: [
        {
          code: 'mail-failing',
          since: at,
          reason: 'SMTP 535 5.7.8 at AUTH PLAIN',
          detail: 'The mail server refused the login. Check user and password in SMTP_URL.',
        },
      ],
    },
  },
  listNotifications: {
    200: {
      notifications: [
        {
          notificationId: 'ntf_4fJ0q2mXbW7cT1nZ8yKd5A',
          event: 'cap-used',
          at,
          subject: { kind: 'campaigns', id: campaignId },
          schoolId,
          figures: { period: 'day', used: 25, limit: 25, unit: 'leads' },
        },
      ],
      page: lastPage,
    },
  },
  readReconciliation: {
    200: {
      day,
      until: at,
      finishedAt: later,
      leads: { received: 34, promised: 59, unpromised: 3 },
      schools: { delivered: 58, inFlight: 1, parked: 0, unmatched: 3, dead: 0, rejected: 0, erased: 0 },
      drift: 0,
      differences: [],
    },
  },
}
