import * as z from 'zod'
import { fact } from '../../domain/catalog/fact.ts'
import { instant, slug } from '../../domain/vocabulary.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

const staleSource = z
  .object({
    source: fact.shape.source,
    count: z.int().meta({ description: 'Facts that have expired.' }),
    periods: z.array(z.string()).meta({ description: 'What the facts are of, such as `May 2024`.' }),
    expiredAt: instant.meta({ description: 'When the first of them expired.' }),
    refresh: z.object({ command: z.string(), file: z.string() }).optional().meta({
      description:
        'The command of `npm run ops` that brings newer facts, and an example of its file. Absent: staff write these facts.',
    }),
  })
  .meta({ id: 'StaleSource' })

export const listStaleFacts = defineRoute({
  name: 'listStaleFacts',
  method: 'GET',
  path: '/v1/ops/stale-facts',
  caller: 'operator',
  summary: 'List careers with facts that have expired, and the file that would refresh them',
  description: 'Careers without such facts are left out, so a page may be short or empty and still have a cursor.',
  query: cursorQuery,
  responses: {
    200: {
      description: 'One page.',
      body: z.object({
        careers: z.array(
          z.object({ slug, title: z.string(), sources: z.array(staleSource) }).meta({ id: 'StaleCareer' }),
        ),
        page: cursorPage,
      }),
    },
  },
})
