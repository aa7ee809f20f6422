import * as z from 'zod'
import { disposition, dispositionWord } from '../../domain/aftercare/disposition.ts'
import { attempt, delivery } from '../../domain/delivery/delivery.ts'
import { leadCreated } from '../../domain/delivery/lead-created.ts'
import { idSchema } from '../../domain/ids.ts'
import { instant, recordId } from '../../domain/vocabulary.ts'
import { schoolReturn } from '../aftercare/returns.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

const event = leadCreated
  .optional()
  .meta({ description: 'What was sent to you. Absent after the personal data was deleted.' })

export const listSchoolLeads = defineRoute({
  name: 'listSchoolLeads',
  method: 'GET',
  path: '/v1/school/leads',
  caller: 'school',
  summary: 'List the leads of your school',
  description: 'Filters apply to each page after it is read, so a page may be short or empty and still have a cursor.',
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
  summary: 'Read one of your leads with every delivery attempt',
  params: z.object({ deliveryId: idSchema('delivery') }),
  example: { params: { deliveryId: 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A' } },
  responses: {
    200: {
      description: 'The delivery log.',
      body: delivery
        .extend({
          attemptLog: z.array(attempt),
          dispositions: z.array(disposition),
          return: schoolReturn.optional().meta({ description: 'Present if you requested credit.' }),
          event,
        })
        .meta({ id: 'DeliveryLog' }),
    },
  },
  problems: ['NOT_FOUND'],
})
