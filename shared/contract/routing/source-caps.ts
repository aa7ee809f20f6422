import * as z from 'zod'
import { source } from '../../domain/capture/source.ts'
import { payoutTerms } from '../../domain/reporting/ledger/payout-terms.ts'
import { cap } from '../../domain/routing/cap.ts'
import { instant, recordId } from '../../domain/vocabulary.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

const sourceCapUsage = z
  .object({
    ...cap.pick({ period: true, limit: true }).shape,
    used: z.number().meta({
      description:
        'Leads that count now. One of several schools that rejects or returns a lead gives its part of it back, so it has up to two decimals.',
    }),
    startsAt: instant.optional().meta({ description: 'Absent for a total.' }),
    endsAt: instant.optional(),
  })
  .meta({ id: 'SourceCapUsage' })

const usageFields = {
  sourceId: recordId,
  name: z.string(),
  status: source.shape.status,
  timeZone: z.string(),
  open: z.boolean().meta({ description: 'Whether its hours allow leads now.' }),
  caps: z.array(sourceCapUsage),
}

export const listSourceCaps = defineRoute({
  name: 'listSourceCaps',
  method: 'GET',
  path: '/v1/ops/source-caps',
  caller: 'operator',
  summary: 'List how full the caps of each source are now, and whether its hours allow leads',
  description: 'Sources without caps and hours are left out, so a page may be short or empty and still have a cursor.',
  query: cursorQuery,
  responses: {
    200: {
      description: 'One page.',
      body: z.object({
        sources: z.array(z.object(usageFields).meta({ id: 'SourceCaps' })),
        page: cursorPage,
      }),
    },
  },
})

export const readOwnSource = defineRoute({
  name: 'readOwnSource',
  method: 'GET',
  path: '/v1/publisher/source',
  caller: 'source',
  secretKey: true,
  summary: 'Read the terms of your source, and how full its caps are now',
  responses: {
    200: {
      description: 'The source.',
      body: z
        .object({
          ...usageFields,
          mode: source.shape.mode,
          hours: source.shape.hours,
          payout: z
            .object({ amount: payoutTerms.shape.amount, on: payoutTerms.shape.on, per: payoutTerms.shape.per })
            .optional()
            .meta({ description: 'What you are paid, apart from agreed exceptions. Absent: nothing.' }),
          postback: z
            .object({ kind: z.string(), events: z.array(z.string()) })
            .optional()
            .meta({ description: 'What you are told. Absent: nothing.' }),
        })
        .meta({ id: 'OwnSource' }),
    },
  },
})
