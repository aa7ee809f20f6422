import * as z from 'zod'
import { disposition } from '../../domain/aftercare/disposition.ts'
import { leadReturn } from '../../domain/aftercare/lead-return.ts'
import { reveal } from '../../domain/aftercare/reveal.ts'
import { leadWithdrawal, withdrawalNotice } from '../../domain/aftercare/withdrawal.ts'
import { consentCertificate } from '../../domain/capture/certificates/consent-certificate.ts'
import { consent } from '../../domain/capture/consent.ts'
import { erasedLead, lead, quarantine, quarantineReview } from '../../domain/capture/lead.ts'
import { maskReasons } from '../../domain/capture/lead-access.ts'
import { visitor } from '../../domain/capture/lead-profile.ts'
import { abuseVerdict } from '../../domain/capture/spam-rules.ts'
import { traceparent } from '../../domain/capture/traceparent.ts'
import { attempt, delivery } from '../../domain/delivery/delivery.ts'
import { idSchema } from '../../domain/ids.ts'
import { decision } from '../../domain/routing/decision.ts'
import { instant, recordId, slug, stateInput } from '../../domain/vocabulary.ts'
import { dayZone } from '../day-zone.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'
import { outcome } from './capture.ts'

export const leadRow = z
  .object({
    leadId: idSchema('lead'),
    receivedAt: instant,
    outcome,
    careerSlug: slug,
    state: z.string(),
    sourceId: recordId,
    test: z.boolean(),
  })
  .meta({ id: 'LeadRow' })

export const listLeads = defineRoute({
  name: 'listLeads',
  method: 'GET',
  path: '/v1/ops/leads',
  caller: 'operator',
  summary: 'List the leads of one day, latest first',
  description: 'Filters apply to each page after it is read, so a page may be short or empty and still have a cursor.',
  query: cursorQuery.extend({
    day: z.iso.date().optional().meta({ description: 'Absent: today.' }),
    timeZone: dayZone,
    outcome: outcome.optional(),
    sourceId: recordId.optional(),
    careerSlug: slug.optional(),
    state: stateInput.optional(),
    test: z.enum(['true', 'false']).optional(),
  }),
  responses: { 200: { description: 'One page.', body: z.object({ leads: z.array(leadRow), page: cursorPage }) } },
})

/** Contact details of a visitor, unmasked. */
export const contact = z.object({
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  phone: z.string(),
  zip: z.string(),
})
export const page = z.object({ url: z.string(), referrer: z.string().optional() })

export const leadTimeline = z
  .object({
    ...leadRow.shape,
    ...visitor,
    education: visitor.education.optional(),
    erased: erasedLead
      .pick({ erasureId: true, erasedAt: true })
      .optional()
      .meta({ description: 'Present if the personal data of the lead was deleted.' }),
    sourceGeneration: lead.shape.sourceGeneration,
    programId: z.string().optional(),
    offerAt: instant.optional().meta({ description: 'When it is offered to schools again; absent if it is not.' }),
    withdrawnAt: lead.shape.withdrawnAt,
    masked: z
      .enum(maskReasons)
      .optional()
      .meta({
        description:
          'Why the contact details are masked. `no-reveal`: a reveal shows them. `withdrawn`, `suppressed`: the person ' +
          'wants no calls or messages; a reveal shows them only as proof of consent.',
      }),
    contact: contact.optional(),
    page: page.optional(),
    notes: lead.shape.notes,
    globalPrivacyControl: lead.shape.globalPrivacyControl,
    consentGivenAt: lead.shape.consentGivenAt,
    consent: consent.optional().meta({ description: 'Kept for 5 years, also after the personal data was deleted.' }),
    certificates: z.array(consentCertificate).optional().meta({
      description: 'What became of the certificate that the consent names. Absent: it names none.',
    }),
    abuse: abuseVerdict
      .optional()
      .meta({ description: 'Signals for a human or a bot; absent if the lead was not assessed.' }),
    quarantine: quarantine
      .optional()
      .meta({ description: 'Present if the lead was held for review. While it is `held`, it has no decision.' }),
    review: quarantineReview.optional().meta({ description: 'Who released or rejected it, and when.' }),
    reveals: z.array(reveal).meta({ description: 'Who viewed the details that are masked here.' }),
    traceparent: traceparent.optional(),
    withdrawals: z
      .array(
        leadWithdrawal.extend({
          honorBy: instant,
          notices: z.array(withdrawalNotice).meta({ description: 'The notice to each school that has the lead.' }),
        }),
      )
      .meta({ description: 'Who withdrew consent, how and why, oldest first.' }),
    decisions: z.array(decision),
    deliveries: z.array(
      delivery.extend({
        attemptLog: z.array(attempt),
        dispositions: z.array(disposition),
        return: leadReturn.optional().meta({ description: 'Present if the school requested credit.' }),
      }),
    ),
  })
  .meta({ id: 'LeadTimeline' })

export const readLead = defineRoute({
  name: 'readLead',
  method: 'GET',
  path: '/v1/ops/leads/{leadId}',
  caller: 'operator',
  summary: 'Read the timeline of a lead: consent, decisions with every verdict, deliveries with every attempt',
  description: 'Contact details are masked; `POST .../reveals` shows them.',
  params: z.object({ leadId: idSchema('lead') }),
  example: { params: { leadId: 'lead_4fJ0q2mXbW7cT1nZ8yKd5A' } },
  responses: { 200: { description: 'The timeline.', body: leadTimeline } },
  problems: ['NOT_FOUND'],
})
