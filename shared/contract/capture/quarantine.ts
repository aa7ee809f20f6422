import * as z from 'zod'
import { quarantine, quarantineReview } from '../../domain/capture/lead.ts'
import { abuseVerdict } from '../../domain/capture/spam-rules.ts'
import { idSchema } from '../../domain/ids.ts'
import { instant } from '../../domain/vocabulary.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'
import { leadRow } from './leads.ts'

export const quarantinedLead = z
  .object({ ...leadRow.omit({ outcome: true }).shape, abuse: abuseVerdict })
  .meta({ id: 'QuarantinedLead' })

export const listQuarantine = defineRoute({
  name: 'listQuarantine',
  method: 'GET',
  path: '/v1/ops/quarantine',
  caller: 'operator',
  summary: 'List the leads that are held for review, with the reasons, oldest first',
  description: 'No school has received them. `GET /v1/ops/leads/{leadId}` has the details of a lead.',
  query: cursorQuery,
  responses: {
    200: { description: 'The leads.', body: z.object({ leads: z.array(quarantinedLead), page: cursorPage }) },
  },
})

const leadParams = {
  params: z.object({ leadId: idSchema('lead') }),
  example: { params: { leadId: 'lead_4fJ0q2mXbW7cT1nZ8yKd5A' } },
}

export const releaseLead = defineRoute({
  name: 'releaseLead',
  method: 'POST',
  path: '/v1/ops/leads/{leadId}/release',
  caller: 'operator',
  summary: 'Release a lead from review, so that it is offered to the schools that its consent named',
  description:
    'The next run of the offer worker decides, as for every lead that is due. Possible within 30 days of the request. Releasing it again has the same result.',
  ...leadParams,
  responses: {
    200: {
      description: 'The lead is released.',
      body: z.object({ leadId: idSchema('lead'), quarantine, offerAt: instant, review: quarantineReview }),
    },
  },
  problems: ['NOT_FOUND', 'NOT_QUARANTINED', 'LEAD_TOO_OLD'],
})

export const rejectLead = defineRoute({
  name: 'rejectLead',
  method: 'POST',
  path: '/v1/ops/leads/{leadId}/reject',
  caller: 'operator',
  summary: 'Reject a lead that is held for review: it is kept and never offered',
  ...leadParams,
  responses: {
    200: {
      description: 'The lead is rejected.',
      body: z.object({ leadId: idSchema('lead'), quarantine, review: quarantineReview }),
    },
  },
  problems: ['NOT_FOUND', 'NOT_QUARANTINED'],
})
