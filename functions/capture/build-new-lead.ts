import type * as z from 'zod'
import type { submitLead } from '#shared/contract/capture/capture.ts'
import type { Consent } from '#shared/domain/capture/consent.ts'
import type { Contact } from '#shared/domain/capture/contact.ts'
import type { Lead } from '#shared/domain/capture/lead.ts'
import type { LeadProfile } from '#shared/domain/capture/lead-profile.ts'
import type { AbuseVerdict } from '#shared/domain/capture/spam-rules.ts'
import type { DedupeMarker } from '#shared/domain/routing/duplicates.ts'
import type { StoredResponse } from '#shared/store/capture/leads.ts'
import type { ConsentInput } from './consent-input.ts'
import type { ResolvedSource } from './resolve-source.ts'

/** All that came with an enquiry, once it has been parsed and checked. */
export type ParsedSubmission = {
  body: z.output<typeof submitLead.body>
  source: ResolvedSource
  contact: Contact
  consentInput: ConsentInput
  traceparent: string
}

/** A new lead on its way into the store, and what guards its form token. */
export type NewLead = {
  submission: ParsedSubmission
  draft: ReturnType<typeof buildNewLead>
  idempotency: Omit<StoredResponse, 'body'>
  tokenMarkers: readonly DedupeMarker[]
}

/** The lead, the part of it that routing may look at, and the proof of consent. */
export function buildNewLead(
  { body, source, contact, consentInput, traceparent }: ParsedSubmission,
  leadId: string,
  receivedAt: string,
  abuse: AbuseVerdict | undefined,
) {
  const { education, startWindow, modality, age, military, gpa, answers, subIds, utm, page } = body
  const visitor = { education, startWindow, modality, age, military, gpa, answers, subIds, utm }
  const { careerSlug, programId, disclosure, schoolIds, ip, userAgent } = consentInput
  const { state, zip } = contact
  const common = { careerSlug, programId, state, sourceId: source.id }
  const lead: Omit<Lead, 'outcome'> = {
    leadId,
    receivedAt,
    ...common,
    contact,
    ...visitor,
    page,
    test: body.test || source.mode === 'test',
    traceparent,
    ...(abuse && { abuse }),
  }
  const profile: LeadProfile = { ...common, ...visitor, zip, at: receivedAt }
  const consent: Consent = {
    grantedAt: receivedAt,
    disclosure,
    schoolIds: [...schoolIds],
    ip,
    userAgent,
    page,
    certificateUrl: body.trustedFormCertUrl,
  }
  return { lead, profile, consent }
}
