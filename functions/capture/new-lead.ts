import type * as z from 'zod'
import type { leadRequest } from '#shared/contract/capture.ts'
import type { Consent } from '#shared/domain/consent.ts'
import type { Contact } from '#shared/domain/contact.ts'
import type { Enquiry } from '#shared/domain/enquiry.ts'
import type { Lead } from '#shared/domain/lead.ts'
import type { Shown } from '#shared/domain/match.ts'
import type { Source } from '#shared/domain/source.ts'

/** All that came with an enquiry, once it has been parsed and checked. */
export type Enquired = {
  body: z.output<typeof leadRequest>
  source: Source & { id: string }
  contact: Contact
  match: Shown
  agreedText: string
  agreedSchoolIds: readonly string[]
  ip: string
  userAgent: string | undefined
}

/** The lead, the part of it that routing may look at, and the proof of consent. */
export function newLead({ body, source, contact, match, ...agreed }: Enquired, leadId: string, at: string) {
  const { education, startWindow, modality, age, military, gpa, answers, subIds, utm, page } = body
  const visitor = { education, startWindow, modality, age, military, gpa, answers, subIds, utm }
  const { careerSlug, programId } = match
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
  }
  const enquiry: Enquiry = { ...common, ...visitor, zip, at }
  const consent: Consent = {
    grantedAt: at,
    disclosure: {
      ...match.disclosure,
      text: agreed.agreedText,
      schoolIds: match.schools.map(({ schoolId }) => schoolId),
    },
    schoolIds: [...agreed.agreedSchoolIds],
    ip: agreed.ip,
    userAgent: agreed.userAgent,
    page,
    certificateUrl: body.trustedFormCertUrl,
  }
  return { lead, enquiry, consent }
}
