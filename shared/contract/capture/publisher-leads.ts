import * as z from 'zod'
import { publisherDeliveryState, publisherLead, publisherOutcome } from '../../domain/capture/publisher-lead.ts'
import { idSchema } from '../../domain/ids.ts'
import { instant } from '../../domain/vocabulary.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

export const listPublisherLeads = defineRoute({
  name: 'listPublisherLeads',
  method: 'GET',
  path: '/v1/publisher/leads',
  caller: 'source',
  secretKey: true,
  summary: 'List the leads of your source and what became of them, latest first',
  description:
    'Test leads are in the list, marked as `test`. `outcome` and `state` apply to each page after it is read, so a page may be ' +
    'short or empty and still have a cursor.',
  query: cursorQuery.extend({
    from: instant
      .optional()
      .meta({ description: 'Leads received at this time or later. Absent: from the first lead.' }),
    to: instant.optional().meta({ description: 'Leads received before this time. Absent: to the latest lead.' }),
    outcome: publisherOutcome.optional(),
    state: publisherDeliveryState.optional().meta({ description: 'Leads with a delivery in this state.' }),
  }),
  responses: {
    200: { description: 'One page.', body: z.object({ leads: z.array(publisherLead), page: cursorPage }) },
  },
})

export const readPublisherLead = defineRoute({
  name: 'readPublisherLead',
  method: 'GET',
  path: '/v1/publisher/leads/{leadId}',
  caller: 'source',
  secretKey: true,
  summary: 'Read what became of one lead of your source',
  params: z.object({ leadId: idSchema('lead') }),
  responses: { 200: { description: 'The lead.', body: publisherLead } },
  problems: ['NOT_FOUND'],
  example: { params: { leadId: 'lead_4fJ0q2mXbW7cT1nZ8yKd5A' } },
})
