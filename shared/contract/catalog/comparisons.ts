import * as z from 'zod'
import { shownFact } from '../../domain/catalog/fact.ts'
import { slug, state, uniqueBy } from '../../domain/vocabulary.ts'
import { cacheSeconds, conditional, notModified } from '../caching.ts'
import { defineRoute } from '../route.ts'
import { careerSummary, noQuery } from './catalog.ts'

export const compareCareers = defineRoute({
  name: 'compareCareers',
  method: 'GET',
  path: '/v1/careers/compare',
  caller: 'anyone',
  summary: 'The national figures of up to five careers side by side',
  query: z.strictObject({
    slugs: z
      .string()
      .max(600)
      .transform((list) => list.split(','))
      .pipe(
        z
          .array(slug)
          .min(1)
          .max(5)
          .refine(...uniqueBy<string>((one) => one)),
      )
      .meta({
        description: 'Slugs of careers with commas between them. Those that do not exist are left out.',
        example: 'medical-coder,cancer-registrar',
      }),
  }),
  headers: conditional,
  cacheSeconds,
  responses: {
    200: {
      description: 'Each fact has its own period and source: careers may have figures of different releases.',
      body: z
        .object({
          careers: z.array(careerSummary),
          metrics: z.array(
            z.object({
              metric: z.string(),
              facts: z.array(shownFact.nullable()).meta({ description: 'In the order of `careers`.' }),
            }),
          ),
        })
        .meta({ id: 'CareerComparison' }),
    },
    304: notModified,
  },
  example: { query: { slugs: 'health-record-technician' } },
})

export const listStates = defineRoute({
  name: 'listStates',
  method: 'GET',
  path: '/v1/careers/{slug}/states',
  caller: 'anyone',
  summary: 'Median pay and jobs of a career in every state, the best paid first',
  params: z.object({ slug }),
  query: noQuery,
  headers: conditional,
  cacheSeconds,
  responses: {
    200: {
      description: 'The states, the District of Columbia and the territories that have figures.',
      body: z
        .object({
          slug,
          period: z
            .string()
            .optional()
            .meta({ description: 'Absent, with source and expiry, if there are no figures.' }),
          source: z.object({ name: z.string(), url: z.string().optional() }).optional(),
          expiresAt: z.string().optional(),
          states: z.array(
            z.object({
              state,
              name: z.string(),
              medianAnnualWage: z
                .union([z.number(), z.string()])
                .nullable()
                .meta({ description: 'USD, or text such as `$239,200 or more`; `null`: not available.' }),
              employment: z.number().nullable(),
            }),
          ),
        })
        .meta({ id: 'StateComparison' }),
    },
    304: notModified,
  },
  problems: ['NOT_FOUND'],
  example: { params: { slug: 'health-record-technician' } },
})
