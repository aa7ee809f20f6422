import type { LeadErased } from '../aftercare/lead-erased.ts'
import type { LeadCreated } from './lead-created.ts'

/** A lead of a fictional person with every optional field. */
export const fullSampleLead: LeadCreated = {
  type: 'lead.created',
  timestamp: '2026-11-23T15:04:06.000Z',
  data: {
    leadId: 'lead_4fJ0q2mXbW7cT1nZ8yKd5A',
    deliveryId: 'dlv_7hQ2sV9wYb3eR6tU1iOp0C',
    test: true,
    school: { id: 'tall-grass-college', name: 'Tall Grass College' },
    program: {
      id: 'tall-grass-hit',
      name: 'Associate of Health Information Technology',
      level: 'associate',
      modality: 'online',
    },
    contact: {
      firstName: 'Ada',
      lastName: 'Example',
      email: 'ada@mail.example',
      phone: '+15127891111',
      zip: '78701',
      state: 'TX',
    },
    timeZone: 'America/Chicago',
    contactWindow: { opensAt: '2026-11-23T15:00:00.000Z', closesAt: '2026-11-24T03:00:00.000Z', rule: 'TX' },
    education: { highestLevel: 'high-school-diploma' },
    startWindow: '1-3-months',
    modality: 'online',
    age: 27,
    military: false,
    gpa: 3.4,
    answers: { gpa: 3.4, veteran: true, times: ['mornings', 'weekends'] },
    consent: {
      grantedAt: '2026-11-23T15:04:05.000Z',
      version: '2026-11-01',
      sha256: '0'.repeat(64),
      text: 'I agree that Tall Grass College may call me.\nIt is not a condition of purchase.',
      certificateUrl: 'https://cert.example/4fJ0q2',
      claimedBy: 'publisher',
      ip: '192.0.2.7',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
    },
    source: { id: 'landing', name: 'Careers landing page' },
    globalPrivacyControl: true,
    careerSlug: 'health-record-technician',
    page: {
      url: 'https://careers.example/health-record-technician?utm_source=newsletter',
      referrer: 'https://search.example/',
    },
    subIds: { sub1: 'autumn-banner' },
    utm: { source: 'newsletter', campaign: 'autumn' },
    campaignId: 'tall-grass-texas',
    priceCents: 4500,
  },
}

/** The erasure notice for that lead. */
export const sampleErasure: LeadErased = {
  type: 'lead.erased',
  timestamp: '2026-12-01T09:00:00.000Z',
  data: {
    leadId: fullSampleLead.data.leadId,
    deliveryId: fullSampleLead.data.deliveryId,
    reference: 'CRM-20817',
    test: true,
    school: fullSampleLead.data.school,
  },
}

/** The same lead without its optional fields. */
export const minimalSampleLead: LeadCreated = removeOptionalFields(fullSampleLead)

function removeOptionalFields({ data, ...event }: LeadCreated): LeadCreated {
  const { leadId, deliveryId, test, school, program, contact, education, consent, source } = data
  const { grantedAt, version, sha256, text } = consent
  const requiredConsent = { grantedAt, version, sha256, text }
  return {
    ...event,
    data: {
      ...{ leadId, deliveryId, test, school, program, contact, education, source },
      answers: {},
      consent: requiredConsent,
    },
  }
}
