import * as z from 'zod'
import { consent, sha256 } from '../capture/consent.ts'
import { lead } from '../capture/lead.ts'
import { answers } from '../catalog/question.ts'
import { contactWindow } from '../routing/calling/contact-window.ts'
import {
  cents,
  educationLevel,
  instant,
  modality,
  programLevel,
  recordId,
  startWindow,
  timeZone,
} from '../vocabulary.ts'

const { careerSlug, age, military, gpa, subIds, utm, page } = lead.shape
const { claimedBy, ip, userAgent } = consent.shape

/**
 * The event of a new lead: the body of the webhook and the content of the email. Deliveries that are stored already have
 * this form, so a field that is added must be optional.
 */
export const leadCreated = z
  .strictObject({
    type: z.literal('lead.created'),
    timestamp: instant,
    data: z.strictObject({
      leadId: z.string(),
      deliveryId: z.string(),
      test: z.boolean(),
      school: z.strictObject({ id: z.string(), name: z.string() }),
      program: z.strictObject({ id: z.string(), name: z.string(), level: programLevel, modality }),
      contact: z.strictObject({
        firstName: z.string(),
        lastName: z.string(),
        email: z.string(),
        phone: z.string().meta({ description: 'E.164', example: '+15127891111' }),
        zip: z.string(),
        state: z.string(),
      }),
      timeZone: timeZone
        .optional()
        .meta({ description: 'Of the visitor’s ZIP code. Absent if it has none, such as a military one.' }),
      contactWindow: contactWindow.optional().meta({
        description:
          'When the visitor may be called by federal and state law, as of when the lead was first due: the window that was open, ' +
          'or else the next one.',
      }),
      education: z.strictObject({ highestLevel: educationLevel }),
      startWindow: startWindow.optional(),
      modality: modality.optional().meta({ description: 'The format that the visitor wants.' }),
      age,
      military,
      gpa,
      answers,
      consent: z.strictObject({
        grantedAt: instant,
        version: z.string(),
        sha256,
        text: z.string(),
        certificateUrl: z.string().optional(),
        leadIdToken: z.string().optional(),
        claimedBy,
        ip: ip.meta({ description: 'Absent unless the campaign has `sendIpAndUserAgent`.' }),
        userAgent: userAgent.meta({ description: 'Absent unless the campaign has `sendIpAndUserAgent`.' }),
      }),
      source: z.strictObject({ id: z.string(), name: z.string() }),
      globalPrivacyControl: z.literal(true).optional().meta({
        description: 'The visitor opted out of the sale and sharing of their data: pass it on to no one else.',
      }),
      careerSlug: careerSlug.optional().meta({ description: 'The career that the visitor read about.' }),
      page: page.optional().meta({ description: 'The page with the form, and the page before it.' }),
      subIds: subIds.meta({ description: 'Labels of the source for where the visitor came from.' }),
      utm,
      campaignId: recordId.optional(),
      priceCents: cents.optional().meta({ description: 'What the lead costs, in U.S. cents; 0 for a test lead.' }),
    }),
  })
  .meta({ id: 'LeadCreated' })
export type LeadCreated = z.output<typeof leadCreated>
