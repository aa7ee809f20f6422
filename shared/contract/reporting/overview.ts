import * as z from 'zod'
import { status } from '../../domain/catalog/school.ts'
import { delivery, deliveryState } from '../../domain/delivery/delivery.ts'
import { deliveryTimeBounds } from '../../domain/reporting/overview.ts'
import { recordId } from '../../domain/vocabulary.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'
import { capUsage } from '../routing/school-campaigns.ts'

const count = z.int().min(0)
export const readOverview = defineRoute({
  name: 'readOverview',
  method: 'GET',
  path: '/v1/ops/overview',
  caller: 'operator',
  summary: 'What came in and what went out on one day (UTC), hour by hour',
  description:
    'Counted when it is asked for, some at a time: ask again with `cursor` and add the pages up, until there is none. ' +
    'Deliveries are those that were made on that day. Test leads are counted apart.',
  query: z.strictObject({
    day: z.iso.date().optional().meta({ description: 'Absent: today.' }),
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
            .meta({ description: 'Hours in which nothing came are left out.' }),
          deliveries: z.partialRecord(deliveryState, count),
          timeToDelivery: z
            .array(count)
            .length(deliveryTimeBounds.length + 1)
            .meta({
              description: `How many were delivered within ${deliveryTimeBounds.join(', ')} seconds, and later, each counted once.`,
            }),
          looked: count,
          page: cursorPage,
        })
        .meta({ id: 'Overview' }),
    },
  },
})

export const listCaps = defineRoute({
  name: 'listCaps',
  method: 'GET',
  path: '/v1/ops/caps',
  caller: 'operator',
  summary: 'How full the caps of each campaign are now, by campaign id',
  query: cursorQuery,
  responses: {
    200: {
      description: 'One page.',
      body: z.object({
        campaigns: z.array(
          z
            .object({
              campaignId: recordId,
              name: z.string().optional(),
              schoolId: recordId,
              schoolName: z.string(),
              status,
              open: z.boolean().meta({ description: 'Whether its hours let it take leads now.' }),
              caps: z.array(capUsage),
            })
            .meta({ id: 'CampaignCaps' }),
        ),
        page: cursorPage,
      }),
    },
  },
})

export const listDeliveries = defineRoute({
  name: 'listDeliveries',
  method: 'GET',
  path: '/v1/ops/deliveries',
  caller: 'operator',
  summary: 'The deliveries that are in one state, school by school',
  description:
    'A page looks at so many deliveries and may be short, or empty: while there is a cursor, there may be more.',
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
