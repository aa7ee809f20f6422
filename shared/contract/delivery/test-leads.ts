import * as z from 'zod'
import { idSchema } from '../../domain/ids.ts'
import { recordId } from '../../domain/vocabulary.ts'
import { defineRoute } from '../route.ts'

const responses = {
  202: {
    description: 'The test lead is being delivered.',
    body: z.object({ leadId: idSchema('lead'), deliveryId: idSchema('delivery') }).meta({ id: 'TestLead' }),
  },
}

export const sendTestLead = defineRoute({
  name: 'sendTestLead',
  method: 'POST',
  path: '/v1/school/test-leads',
  caller: 'school',
  summary: 'Send a test lead to one of your campaigns',
  description:
    'A lead of a fictional person, marked as a test. It is delivered like any lead, to the `testEndpoint` if there is ' +
    'one. It is free and counts against no cap. At most 10 per minute.',
  body: z.strictObject({ campaignId: recordId }).meta({ id: 'TestLeadRequest' }),
  responses,
  problems: ['NOT_FOUND', 'TOO_MANY_REQUESTS'],
  example: { body: { campaignId: 'tall-grass-texas' } },
})

export const sendCampaignTestLead = defineRoute({
  name: 'sendCampaignTestLead',
  method: 'POST',
  path: '/v1/ops/campaigns/{id}/test-leads',
  caller: 'operator',
  summary: 'Send a test lead to a campaign',
  description:
    'As a school does it for itself: a lead of a fictional person, marked as a test, free, without caps, rules and hours, ' +
    'also while the campaign is paused. `GET /v1/ops/leads/{leadId}` shows the response of the school. At most 10 per ' +
    'minute for each school.',
  params: z.object({ id: recordId }),
  responses,
  problems: ['NOT_FOUND', 'TOO_MANY_REQUESTS'],
  example: { params: { id: 'tall-grass-texas' } },
})
