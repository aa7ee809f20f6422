import * as z from 'zod'
import { delivery, deliveryState } from '../../domain/delivery/delivery.ts'
import { recordId } from '../../domain/vocabulary.ts'
import { cursorPage } from '../paging.ts'
import { defineRoute } from '../route.ts'

export const listDeliveries = defineRoute({
  name: 'listDeliveries',
  method: 'GET',
  path: '/v1/ops/deliveries',
  caller: 'operator',
  summary: 'List the deliveries in one state: those that wait in no particular order, others school by school',
  description:
    'Filters apply to each page after it is read, so a page may be short or empty. There may be more while there is a cursor.',
  query: z.strictObject({
    state: deliveryState,
    schoolId: recordId.optional(),
    campaignId: recordId.optional(),
    from: delivery.shape.createdAt.optional(),
    to: delivery.shape.createdAt.optional(),
    cursor: z.string().max(4000).optional(),
  }),
  responses: {
    200: { description: 'One page.', body: z.object({ deliveries: z.array(delivery), page: cursorPage }) },
  },
  example: { query: { state: 'dead' } },
})
