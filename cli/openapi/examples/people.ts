import { renderDisclosureTemplate } from '#shared/domain/capture/disclosure-template.ts'
import { fullSampleLead } from '#shared/domain/delivery/sample-event.ts'
import { sha256 } from '#shared/platform/digests.ts'

/** The sample data that many examples share: a lead of a fictional person, and its delivery to one school. */
export const at = '2026-11-23T15:04:05.000Z'
export const later = '2026-11-23T15:04:06.000Z'
export const leadId = fullSampleLead.data.leadId
export const deliveryId = fullSampleLead.data.deliveryId
export const schoolId = fullSampleLead.data.school.id
export const campaignId = 'tall-grass-texas'
export const lastPage = { nextCursor: null }

export const leadRow = {
  leadId,
  receivedAt: at,
  outcome: 'accepted',
  careerSlug: 'health-record-technician',
  state: 'TX',
  sourceId: 'landing',
  test: false,
}

export const disposition = {
  dispositionId: 'dsp_4fJ0q2mXbW7cT1nZ8yKd5A',
  deliveryId,
  disposition: 'contacted',
  at: '2026-11-23T16:00:00.000Z',
  recordedAt: '2026-11-23T16:02:11.000Z',
  note: 'Wants to start in January.',
}

export const requestedReturn = {
  returnId: 'ret_4fJ0q2mXbW7cT1nZ8yKd5A',
  deliveryId,
  leadId,
  schoolId,
  campaignId,
  reason: 'invalid-contact',
  note: 'The number is not in service.',
  state: 'requested',
  requestedAt: '2026-11-24T16:00:00.000Z',
  creditCents: 4500,
}

export const delivery = {
  deliveryId,
  leadId,
  schoolId,
  schoolName: fullSampleLead.data.school.name,
  campaignId,
  programId: fullSampleLead.data.program.id,
  state: 'delivered',
  createdAt: at,
  settledAt: later,
  deliveredAt: later,
  attempts: 1,
  countedFailures: 0,
  uncertain: false,
  replays: 0,
  priceCents: 4500,
  test: false,
}

export const attempt = {
  attemptId: 'att_4fJ0q2mXbW7cT1nZ8yKd5A',
  deliveryId,
  number: 1,
  startedAt: at,
  endedAt: later,
  kind: 'webhook',
  stage: 'answered',
  request: {
    method: 'POST',
    url: 'https://leads.tall-grass.example/prospectus',
    bytes: 1480,
    sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  },
  outcome: 'delivered',
  status: 204,
}

/** The contact as staff see it until they state a reason for viewing. */
export const maskedContact = { firstName: 'A…', lastName: 'E…', email: 'a…@mail.example', phone: '…11', zip: '78701' }

export const disclosureTemplate = {
  before: 'By choosing “Request information” I agree that ',
  after: ' may contact me about education.',
  join: { pair: ' and ', separator: ', ', last: ', and ' },
}
const consentText = renderDisclosureTemplate(disclosureTemplate, ['Tall Grass College'])
export const disclosure = { version: '2026-11-01', sha256: sha256(consentText), text: consentText }

export const decision = {
  rulesVersion: '2026-11-23',
  decidedAt: at,
  seed: 'f3a1',
  verdicts: [
    { campaignId, schoolId, selected: true, programId: fullSampleLead.data.program.id, rank: 1, priceCents: 4500 },
    {
      campaignId: 'coquina-shore-online',
      schoolId: 'coquina-shore-university',
      selected: false,
      reason: 'STATE',
      detail: 'No program is offered in the visitor’s state.',
    },
  ],
}

export const capUsage = { period: 'day', unit: 'leads', limit: 25, by: 'contract', counts: true, used: 7 }

export const sourceCaps = {
  sourceId: 'my-site',
  name: 'Career pages',
  status: 'active',
  timeZone: 'America/Chicago',
  open: true,
  caps: [
    { period: 'day', limit: 100, used: 42, startsAt: '2026-11-23T06:00:00.000Z', endsAt: '2026-11-24T06:00:00.000Z' },
  ],
}

export const conversionCsv =
  'Google Click ID,Conversion Name,Conversion Time,Conversion Value,Conversion Currency\r\nCj0KCQ,delivered,2026-11-23 15:00:05+00:00,45.00,USD\r\n'
