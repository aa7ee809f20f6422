import * as z from 'zod'
import { disposition } from '../domain/aftercare/disposition.ts'
import { leadReturn } from '../domain/aftercare/lead-return.ts'
import { reveal } from '../domain/aftercare/reveal.ts'
import { consent } from '../domain/capture/consent.ts'
import { erasedLead, quarantine } from '../domain/capture/lead.ts'
import { visitor } from '../domain/capture/lead-profile.ts'
import { abuseVerdict } from '../domain/capture/spam-rules.ts'
import { traceparent } from '../domain/capture/traceparent.ts'
import { attempt, delivery } from '../domain/delivery/delivery.ts'
import { idSchema } from '../domain/ids.ts'
import { decision } from '../domain/routing/decision.ts'
import { instant, recordId, slug } from '../domain/vocabulary.ts'
import { matchRequest, matchSchools, outcome } from './capture/capture.ts'
import { cursorPage, cursorQuery } from './paging.ts'
import { defineRoute } from './route.ts'

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

export const explainMatch = defineRoute({
  name: 'explainMatch',
  method: 'POST',
  path: '/v1/ops/matches',
  caller: 'operator',
  access: 'read',
  summary: 'Why a visitor would be shown these schools and not others: the decision behind a match',
  body: matchRequest.extend({ sourceId: recordId.optional() }).meta({ id: 'MatchExplanationRequest' }),
  responses: { 200: { description: 'The decision. Nothing is written.', body: z.object({ decision }) } },
  example: { body: matchSchools.example.body },
})

export const listLeads = defineRoute({
  name: 'listLeads',
  method: 'GET',
  path: '/v1/ops/leads',
  caller: 'operator',
  summary: 'The leads of one day (UTC), latest first',
  description: 'A filter is held against the leads of a page: it may be short, or empty, and still have a cursor.',
  query: cursorQuery.extend({
    day: z.iso.date().optional().meta({ description: 'Absent: today.' }),
    outcome: outcome.optional(),
    sourceId: recordId.optional(),
    careerSlug: slug.optional(),
    state: z.string().max(2).optional(),
    test: z.enum(['true', 'false']).optional(),
  }),
  responses: { 200: { description: 'The leads.', body: z.object({ leads: z.array(leadRow), page: cursorPage }) } },
})

/** The fields that identify a visitor. */
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
      .meta({ description: 'The person was forgotten, and with them what told of them.' }),
    programId: z.string().optional(),
    offerAt: instant.optional().meta({ description: 'When it is offered again; absent where it is not.' }),
    contact: contact.optional(),
    page: page.optional(),
    consent: consent.optional().meta({ description: 'Kept for 5 years, also where the person was forgotten.' }),
    abuse: abuseVerdict
      .optional()
      .meta({ description: 'What told for a person or a program; absent where nobody judged.' }),
    quarantine: quarantine
      .optional()
      .meta({ description: 'Where it was kept back for staff. While it is `held`, nothing has been decided of it.' }),
    reveals: z.array(reveal).meta({ description: 'Who looked at what is masked here.' }),
    traceparent: traceparent.optional(),
    decisions: z.array(decision),
    deliveries: z.array(
      delivery.extend({
        attemptLog: z.array(attempt),
        dispositions: z.array(disposition),
        return: leadReturn.optional().meta({ description: 'Where its school has asked for credit.' }),
      }),
    ),
  })
  .meta({ id: 'LeadTimeline' })

export const readLead = defineRoute({
  name: 'readLead',
  method: 'GET',
  path: '/v1/ops/leads/{leadId}',
  caller: 'operator',
  summary: 'The whole story of a lead: consent, decisions with every verdict, deliveries with every attempt',
  description: 'What tells who it is, is masked: `POST .../reveals` shows it.',
  params: z.object({ leadId: idSchema('lead') }),
  example: { params: { leadId: 'lead_4fJ0q2mXbW7cT1nZ8yKd5A' } },
  responses: { 200: { description: 'The story.', body: leadTimeline } },
  problems: ['NOT_FOUND'],
})
