import * as z from 'zod'
import { instant } from '../../domain/vocabulary.ts'
import { defineRoute } from '../route.ts'

export const readAttention = defineRoute({
  name: 'readAttention',
  method: 'GET',
  path: '/v1/ops/attention',
  caller: 'operator',
  summary: 'What is wrong with this host itself, and what to do about it',
  description: 'On AWS the alarms say this, and the list is empty.',
  responses: {
    200: {
      description: 'Empty if nothing is wrong.',
      body: z
        .object({
          items: z.array(
            z.object({
              code: z.enum(['mail-failing']).meta({ description: '`mail-failing`: the mail server takes no email.' }),
              since: instant,
              reason: z.string().meta({ description: 'Codes of the failed step, such as `ECONNREFUSED at CONN`.' }),
              detail: z.string().meta({ description: 'What to do.' }),
            }),
          ),
        })
        .meta({ id: 'Attention' }),
    },
  },
})
