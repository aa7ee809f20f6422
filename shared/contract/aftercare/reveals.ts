import * as z from 'zod'
import { reveal, revealPurpose } from '../../domain/aftercare/reveal.ts'
import { idSchema } from '../../domain/ids.ts'
import { contact, leadTimeline, page } from '../capture/leads.ts'
import { defineRoute } from '../route.ts'

const { subIds, utm } = leadTimeline.shape

export const revealLead = defineRoute({
  name: 'revealLead',
  method: 'POST',
  path: '/v1/ops/leads/{leadId}/reveals',
  caller: 'operator',
  summary: 'Show the contact details of a lead and record who viewed them',
  description: 'The reveal is recorded first and appears in the timeline of the lead.',
  params: z.object({ leadId: idSchema('lead') }),
  body: z.strictObject({ purpose: revealPurpose }).meta({ id: 'RevealRequest' }),
  responses: {
    201: {
      description: 'What the timeline masks.',
      body: z
        .object({ contact, consent: z.object({ ip: z.string().optional() }), page, subIds, utm, reveal })
        .meta({ id: 'RevealedLead' }),
    },
  },
  problems: ['NOT_FOUND'],
  example: { params: { leadId: 'lead_4fJ0q2mXbW7cT1nZ8yKd5A' }, body: { purpose: 'The visitor is on the phone.' } },
})
