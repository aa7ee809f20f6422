import * as z from 'zod'
import { delivery } from '../../domain/delivery/delivery.ts'
import { replayFilter, replayJob } from '../../domain/delivery/replay.ts'
import { idSchema } from '../../domain/ids.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute, type Route } from '../route.ts'

const replayOneDelivery = {
  method: 'POST',
  description:
    'The same `webhook-id` and the same bytes. It is due at once; while an attempt is under way, as soon as that has ' +
    'ended. Each call is one replay more.',
  params: z.object({ deliveryId: idSchema('delivery') }),
  example: { params: { deliveryId: 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A' } },
  responses: {
    202: {
      description: 'It will be sent.',
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
  summary: 'Send a delivery once more',
  ...replayOneDelivery,
})

export const resendDelivery = defineRoute({
  name: 'resendDelivery',
  path: '/v1/school/deliveries/{deliveryId}/replay',
  caller: 'school',
  summary: 'Have one of your leads sent once more',
  ...replayOneDelivery,
})

const counts = z.record(z.string(), z.int())

export const startReplay = defineRoute({
  name: 'startReplay',
  method: 'POST',
  path: '/v1/ops/replays',
  caller: 'operator',
  summary: 'Send all deliveries that match a filter once more, or count them',
  description:
    'The id follows from the filter: while it runs, the same filter is answered with the replay that runs; after that ' +
    'it is a new one. A delivery that was replayed since the start is left alone, so no two that run at once send it ' +
    'twice. A dry run looks at so many deliveries at a time: send the same body with `cursor` for the next page, and ' +
    'add the pages up.',
  body: z
    .strictObject({
      filter: replayFilter,
      dryRun: z.boolean().default(false).meta({ description: 'Whether to count and do nothing.' }),
      cursor: z.string().max(10_000).optional().meta({ description: 'Of a dry run.' }),
    })
    .meta({ id: 'ReplayRequest' }),
  responses: {
    200: {
      description: 'What a dry run has found. Nothing is written.',
      body: z
        .object({
          count: z.int(),
          byState: counts,
          bySchool: counts,
          sample: z.array(idSchema('delivery')).max(10),
          scanned: z.int().meta({ description: 'How many deliveries were looked at for this page.' }),
          complete: z.boolean().meta({ description: 'Whether there was nothing more to look at.' }),
          page: cursorPage,
        })
        .meta({ id: 'ReplayDryRun' }),
    },
    202: { description: 'It runs, within a minute.', body: replayJob },
  },
  example: { body: { filter: { schoolId: 'lone-prairie-college', states: ['dead'] }, dryRun: true } },
})

export const readReplay = defineRoute({
  name: 'readReplay',
  method: 'GET',
  path: '/v1/ops/replays/{replayId}',
  caller: 'operator',
  summary: 'How far a replay has come',
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
  summary: 'The replays of the last 90 days, latest first',
  query: cursorQuery,
  responses: {
    200: { description: 'One page.', body: z.object({ replays: z.array(replayJob), page: cursorPage }) },
  },
})
