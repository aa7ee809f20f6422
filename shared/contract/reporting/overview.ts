import * as z from 'zod'
import { deliveryState } from '../../domain/delivery/delivery.ts'
import { deliveryTimeBounds } from '../../domain/reporting/delivery-times.ts'
import { dayZone } from '../day-zone.ts'
import { cursorPage } from '../paging.ts'
import { defineRoute } from '../route.ts'

const count = z.int().min(0)
export const readOverview = defineRoute({
  name: 'readOverview',
  method: 'GET',
  path: '/v1/ops/overview',
  caller: 'operator',
  summary: 'Leads by hour and deliveries by state of one day',
  description:
    'Counted on request, page by page: repeat with `cursor` until there is none, and add the pages up. Deliveries are ' +
    'those created on that day. Test leads are counted separately.',
  query: z.strictObject({
    day: z.iso.date().optional().meta({ description: 'Absent: today.' }),
    timeZone: dayZone,
    cursor: z.string().max(2000).optional(),
  }),
  responses: {
    200: {
      description: 'One page.',
      body: z
        .object({
          day: z.iso.date(),
          hours: z
            .array(
              z.object({
                hour: z.int().min(0).max(23),
                accepted: count,
                unmatched: count,
                duplicate: count,
                test: count,
              }),
            )
            .meta({ description: 'Hours of the time zone. Those without leads are left out.' }),
          deliveries: z.partialRecord(deliveryState, count),
          timeToDelivery: z
            .array(count)
            .length(deliveryTimeBounds.length + 1)
            .meta({
              description: `How many were delivered within ${deliveryTimeBounds.join(', ')} seconds, and later. Each delivery is in one bucket.`,
            }),
          scanned: count.meta({ description: 'How many rows this page read.' }),
          page: cursorPage,
        })
        .meta({ id: 'Overview' }),
    },
  },
})
