import * as z from 'zod'
import { disposition, dispositionWord } from '../../domain/aftercare/disposition.ts'
import { consentCertificate } from '../../domain/capture/certificates/consent-certificate.ts'
import { maskReasons } from '../../domain/capture/lead-access.ts'
import { attempt, delivery } from '../../domain/delivery/delivery.ts'
import { leadCreated } from '../../domain/delivery/lead-created.ts'
import { idSchema } from '../../domain/ids.ts'
import { contactWindow } from '../../domain/routing/calling/contact-window.ts'
import { instant, recordId } from '../../domain/vocabulary.ts'
import { schoolReturn } from '../aftercare/returns.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

const { program, education, startWindow, test } = leadCreated.shape.data.shape

/** What a school may read of one of its leads, and what it may do to read more. */
const access = {
  taken: z.boolean().meta({
    description: 'Whether you have taken the lead: your system accepted it, or you opened it. Only these are billed.',
  }),
  canTake: z.boolean().meta({
    description: 'Whether you may open it now with `POST /v1/school/leads/{deliveryId}/take`.',
  }),
  priceCents: delivery.shape.priceCents,
  masked: z
    .enum(maskReasons)
    .optional()
    .meta({
      description:
        'Why the contact details are masked; absent if they are shown. `not-taken`: it has not arrived yet, and you may ' +
        'open it. `rejected`, `failed`, `expired`: it never arrived. `withdrawn`, `suppressed`: the person wants no ' +
        'calls or messages. `credited`: you got credit for it.',
    }),
  summary: z
    .object({ program, state: z.string(), education: education.optional(), startWindow, test })
    .meta({ id: 'LeadSummary' })
    .optional()
    .meta({ description: 'What you may know while the contact details are masked.' }),
  contactWindow: contactWindow.optional().meta({
    description: 'When you may call the person, as of this response. Absent while the contact details are masked.',
  }),
  certificates: z.array(consentCertificate).optional().meta({
    description:
      'What became of the certificate of the consent, as of this response. Absent while the contact details are masked.',
  }),
  event: leadCreated.optional().meta({
    description: 'The lead as it was sent to you. Absent if `masked` is set and after the personal data was deleted.',
  }),
}

export const schoolLead = z
  .object({
    deliveryId: idSchema('delivery'),
    leadId: idSchema('lead'),
    campaignId: recordId,
    state: delivery.shape.state,
    createdAt: instant,
    disposition: delivery.shape.disposition,
    ...access,
  })
  .meta({ id: 'SchoolLead' })

export const listSchoolLeads = defineRoute({
  name: 'listSchoolLeads',
  method: 'GET',
  path: '/v1/school/leads',
  caller: 'school',
  summary: 'List the leads of your school',
  description:
    'Contact details are shown of the leads that you have taken: those that your system accepted, and those that you ' +
    'opened. Filters apply to each page after it is read, so a page may be short or empty and still have a cursor.',
  query: cursorQuery.extend({
    since: instant.optional().meta({ description: 'Absent: from the first lead.' }),
    order: z.enum(['oldest', 'newest']).default('oldest').meta({ description: 'Sort order by creation time.' }),
    state: delivery.shape.state.optional().meta({ description: 'State of the delivery.' }),
    disposition: z
      .enum([...dispositionWord.options, 'none'])
      .optional()
      .meta({ description: 'Your latest disposition. `none`: leads without one, except test leads.' }),
  }),
  responses: {
    200: {
      description: 'One page.',
      body: z.object({
        leads: z.array(schoolLead),
        page: cursorPage,
      }),
    },
  },
})

export const readDeliveryLog = defineRoute({
  name: 'readDeliveryLog',
  method: 'GET',
  path: '/v1/school/deliveries/{deliveryId}',
  caller: 'school',
  summary: 'Read one of your leads with every delivery attempt',
  params: z.object({ deliveryId: idSchema('delivery') }),
  example: { params: { deliveryId: 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A' } },
  responses: {
    200: {
      description: 'The delivery log.',
      body: delivery
        .omit({ payoutCents: true, payoutOn: true })
        .extend({
          attemptLog: z.array(attempt),
          dispositions: z.array(disposition),
          return: schoolReturn.optional().meta({ description: 'Present if you requested credit.' }),
          ...access,
        })
        .meta({ id: 'DeliveryLog' }),
    },
  },
  problems: ['NOT_FOUND'],
})

export const takeLead = defineRoute({
  name: 'takeLead',
  method: 'POST',
  path: '/v1/school/leads/{deliveryId}/take',
  caller: 'school',
  summary: 'Open a lead that has not arrived yet, which counts as its delivery',
  description:
    'For a lead that waits because your system does not accept it or because you are closed. It is billed like any ' +
    'delivered lead, and no further attempt is made to send it. Of a lead that you have already, nothing changes.',
  params: z.object({ deliveryId: idSchema('delivery') }),
  responses: { 200: { description: 'The lead with its contact details.', body: schoolLead } },
  problems: ['NOT_FOUND', 'NOT_TAKEABLE', 'DELIVERY_IN_PROGRESS', 'LEAD_ERASED'],
  example: { params: { deliveryId: 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A' } },
})
