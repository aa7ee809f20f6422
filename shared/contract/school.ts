import * as z from 'zod'
import { disposition, dispositionWord } from '../domain/aftercare/disposition.ts'
import { attempt, delivery } from '../domain/delivery/delivery.ts'
import { leadCreated } from '../domain/delivery/lead-created.ts'
import { idSchema } from '../domain/ids.ts'
import { instant, recordId } from '../domain/vocabulary.ts'
import { schoolReturn } from './aftercare/returns.ts'
import { cursorPage, cursorQuery } from './paging.ts'
import { defineRoute } from './route.ts'

const event = leadCreated.optional().meta({ description: 'What you were sent. Absent once the person was forgotten.' })

export const listSchoolLeads = defineRoute({
  name: 'listSchoolLeads',
  method: 'GET',
  path: '/v1/school/leads',
  caller: 'school',
  summary: 'The leads that your school has',
  description: 'A filter is held against the leads of a page: it may be short, or empty, and still have a cursor.',
  query: cursorQuery.extend({
    since: instant.optional().meta({ description: 'Absent: from the first.' }),
    order: z.enum(['oldest', 'newest']).default('oldest').meta({ description: 'Which come first.' }),
    state: delivery.shape.state.optional().meta({ description: 'Of the delivery.' }),
    disposition: z
      .enum([...dispositionWord.options, 'nothing'])
      .optional()
      .meta({ description: 'What you told of it last. `nothing`: you have told nothing yet, and it is no test.' }),
  }),
  responses: {
    200: {
      description: 'One page.',
      body: z.object({
        leads: z.array(
          z
            .object({
              deliveryId: idSchema('delivery'),
              leadId: idSchema('lead'),
              campaignId: recordId,
              state: delivery.shape.state,
              createdAt: instant,
              disposition: delivery.shape.disposition,
              event,
            })
            .meta({ id: 'SchoolLead' }),
        ),
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
  summary: 'One of your leads, and how its delivery went, attempt by attempt',
  params: z.object({ deliveryId: idSchema('delivery') }),
  example: { params: { deliveryId: 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A' } },
  responses: {
    200: {
      description: 'The log.',
      body: delivery
        .extend({
          attemptLog: z.array(attempt),
          dispositions: z.array(disposition),
          return: schoolReturn.optional().meta({ description: 'Where you have asked for credit.' }),
          event,
        })
        .meta({ id: 'DeliveryLog' }),
    },
  },
  problems: ['NOT_FOUND'],
})
