import * as z from 'zod'
import { attentionItem } from '../../domain/reporting/attention.ts'
import { defineRoute } from '../route.ts'

export const readAttention = defineRoute({
  name: 'readAttention',
  method: 'GET',
  path: '/v1/ops/attention',
  caller: 'operator',
  summary: 'What needs attention on this host, and what to do about it',
  description: 'On AWS the alarms say this, and the list is empty.',
  responses: {
    200: {
      description: 'Empty if nothing is wrong.',
      body: z
        .object({
          items: z.array(attentionItem),
        })
        .meta({ id: 'Attention' }),
    },
  },
})
