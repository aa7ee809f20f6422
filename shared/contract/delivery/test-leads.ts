import * as z from 'zod'
import { idSchema } from '../../domain/ids.ts'
import { recordId } from '../../domain/vocabulary.ts'
import { defineRoute } from '../route.ts'

export const sendTestLead = defineRoute({
  name: 'sendTestLead',
  method: 'POST',
  path: '/v1/school/test-leads',
  caller: 'school',
  summary: 'Have a made-up lead delivered to one of your campaigns',
  description:
    'It takes the road of every lead, to the `testEndpoint` where there is one, and is marked as a test. It costs ' +
    'nothing and counts against no cap. At most 10 in a minute.',
  body: z.strictObject({ campaignId: recordId }).meta({ id: 'TestLeadRequest' }),
  responses: {
    202: {
      description: 'It is on its way.',
      body: z.object({ leadId: idSchema('lead'), deliveryId: idSchema('delivery') }).meta({ id: 'TestLead' }),
    },
  },
  problems: ['NOT_FOUND', 'TOO_MANY_REQUESTS'],
  example: { body: { campaignId: 'tall-grass-texas' } },
})
