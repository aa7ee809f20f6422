import * as z from 'zod'
import { delivery } from '../../domain/delivery/delivery.ts'
import { replayFilter, replayJob } from '../../domain/delivery/replay-job.ts'
import { idSchema } from '../../domain/ids.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute, type Route } from '../route.ts'

const replayOneDelivery = {
  method: 'POST',
  description:
    'Sends the same `webhook-id` and the same bytes again, at once or after an attempt that is under way. Each call ' +
    'causes one more replay.',
  params: z.object({ deliveryId: idSchema('delivery') }),
  example: { params: { deliveryId: 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A' } },
  responses: {
    202: {
      description: 'The delivery will be sent.',
      body: delivery
        .pick({ deliveryId: true, state: true, replays: true, dueAt: true })
        .meta({ id: 'ReplayedDelivery' }),
    },
  },
  problems: ['NOT_FOUND', 'NOT_REPLAYABLE', 'CAP_REACHED'],
} as const satisfies Partial<Route>

export const replayDelivery = defineRoute({
  name: 'replayDelivery',
  path: '/v1/ops/deliveries/{deliveryId}/replay',
  caller: 'operator',
  summary: 'Resend a delivery',
  ...replayOneDelivery,
})

export const resendDelivery = defineRoute({
  name: 'resendDelivery',
  path: '/v1/school/deliveries/{deliveryId}/replay',
  caller: 'school',
  summary: 'Resend one of your leads',
  ...replayOneDelivery,
})

const counts = z.record(z.string(), z.int())

export const startReplay = defineRoute({
  name: 'startReplay',
  method: 'POST',
  path: '/v1/ops/replays',
  caller: 'operator',
  summary: 'Resend all deliveries that match a filter, or count them',
  description:
    'The ID is derived from the filter: while a replay runs, the same filter returns that replay; afterwards it starts ' +
    'a new one. A delivery that was replayed since the start is skipped, so two replays at once never send it twice. A ' +
    'dry run scans a limited number of deliveries per page: send the same body with `cursor` for the next page, and ' +
    'add up the counts.',
  body: z
    .strictObject({
      filter: replayFilter,
      dryRun: z.boolean().default(false).meta({ description: 'Count only; write and send nothing.' }),
      cursor: z.string().max(10_000).optional().meta({ description: 'The cursor of the previous page of a dry run.' }),
    })
    .meta({ id: 'ReplayRequest' }),
  responses: {
    200: {
      description: 'The counts of a dry run. Nothing is written.',
      body: z
        .object({
          count: z.int(),
          byState: counts,
          bySchool: counts,
          sample: z.array(idSchema('delivery')).max(10),
          scanned: z.int().meta({ description: 'Number of deliveries scanned for this page.' }),
          complete: z.boolean().meta({ description: 'Whether all deliveries have been scanned.' }),
          page: cursorPage,
        })
        .meta({ id: 'ReplayDryRun' }),
    },
    202: { description: 'The replay starts within a minute.', body: replayJob },
  },
  example: { body: { filter: { schoolId: 'lone-prairie-college', states: ['dead'] }, dryRun: true } },
})

export const readReplay = defineRoute({
  name: 'readReplay',
  method: 'GET',
  path: '/v1/ops/replays/{replayId}',
  caller: 'operator',
  summary: 'Read the progress of a replay',
  params: z.object({ replayId: idSchema('replay') }),
  example: { params: { replayId: 'rpl_4fJ0q2mXbW7cT1nZ8yKd5A' } },
  responses: { 200: { description: 'The replay.', body: replayJob } },
  problems: ['NOT_FOUND'],
})

export const listReplays = defineRoute({
  name: 'listReplays',
  method: 'GET',
  path: '/v1/ops/replays',
  caller: 'operator',
  summary: 'List the replays of the last 90 days, latest first',
  query: cursorQuery,
  responses: {
    200: { description: 'One page.', body: z.object({ replays: z.array(replayJob), page: cursorPage }) },
  },
})
