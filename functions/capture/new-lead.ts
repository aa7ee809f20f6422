import type * as z from 'zod'
import type { submitLead } from '#shared/contract/capture/capture.ts'
import type { Abuse } from '#shared/domain/capture/abuse.ts'
import type { Consent } from '#shared/domain/capture/consent.ts'
import type { Contact } from '#shared/domain/capture/contact.ts'
import type { Enquiry } from '#shared/domain/capture/enquiry.ts'
import type { Lead } from '#shared/domain/capture/lead.ts'
import type { Guard } from '#shared/domain/routing/duplicates.ts'
import type { Answer } from '#shared/store/capture/leads.ts'
import type { Agreement } from './agreement.ts'
import type { KnownSource } from './source-of.ts'

/** All that came with an enquiry, once it has been parsed and checked. */
export type Enquired = {
  body: z.output<typeof submitLead.body>
  source: KnownSource
  contact: Contact
  agreement: Agreement
  traceparent: string
}

/** A new lead on its way into the store, and what guards its form token. */
export type Made = {
  enquired: Enquired
  made: ReturnType<typeof newLead>
  answer: Omit<Answer, 'body'>
  tokenGuards: readonly Guard[]
}

/** The lead, the part of it that routing may look at, and the proof of consent. */
export function newLead(
  { body, source, contact, agreement, traceparent }: Enquired,
  leadId: string,
  at: string,
  abuse: Abuse | undefined,
) {
  const { education, startWindow, modality, age, military, gpa, answers, subIds, utm, page } = body
  const visitor = { education, startWindow, modality, age, military, gpa, answers, subIds, utm }
  const { careerSlug, programId, disclosure, schoolIds, ip, userAgent } = agreement
  const { state, zip } = contact
  const common = { careerSlug, programId, state, sourceId: source.id }
  const lead: Omit<Lead, 'outcome'> = {
    leadId,
    receivedAt: at,
    ...common,
    contact,
    ...visitor,
    page,
    test: body.test || source.mode === 'test',
    traceparent,
    ...(abuse && { abuse }),
  }
  const enquiry: Enquiry = { ...common, ...visitor, zip, at }
  const consent: Consent = {
    grantedAt: at,
    disclosure,
    schoolIds: [...schoolIds],
    ip,
    userAgent,
    page,
    certificateUrl: body.trustedFormCertUrl,
  }
  return { lead, enquiry, consent }
}
