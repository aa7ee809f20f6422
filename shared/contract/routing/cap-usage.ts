import * as z from 'zod'
import { status } from '../../domain/catalog/school.ts'
import { pause } from '../../domain/routing/campaign.ts'
import { cap } from '../../domain/routing/cap.ts'
import { instant, recordId } from '../../domain/vocabulary.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

/** One cap in its current window: how much of it is used. */
export const capUsage = z
  .object({
    ...cap.pick({ period: true, unit: true, limit: true }).shape,
    by: z.enum(['contract', 'school']).meta({
      description: '`contract`: set by staff. `school`: set by the school for itself.',
    }),
    counts: z.boolean().meta({ description: 'False if another cap of the same period and unit is lower.' }),
    used: z.int(),
    startsAt: instant.optional().meta({ description: 'Absent for a total.' }),
    endsAt: instant.optional(),
  })
  .meta({ id: 'CapUsage' })

/** What a school may spend in total, and what its leads have cost. A return that is accepted gives its price back. */
export const creditUsage = z
  .object({ limitCents: z.int(), usedCents: z.int(), leftCents: z.int() })
  .meta({ id: 'CreditUsage' })

export const listCaps = defineRoute({
  name: 'listCaps',
  method: 'GET',
  path: '/v1/ops/caps',
  caller: 'operator',
  summary: 'List the cap usage of each campaign and its school now, by campaign ID',
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
              status: status.meta({ description: 'Paused if staff or the school has paused it.' }),
              pausedBy: z.array(pause),
              open: z.boolean().meta({ description: 'Whether its business hours allow leads now.' }),
              caps: z.array(capUsage),
            })
            .meta({ id: 'CampaignCaps' }),
        ),
        schools: z
          .array(
            z
              .object({
                schoolId: recordId,
                schoolName: z.string(),
                status,
                caps: z.array(capUsage).meta({ description: 'Over all campaigns of the school.' }),
                credit: creditUsage.optional().meta({ description: 'Absent: no limit.' }),
              })
              .meta({ id: 'SchoolLimits' }),
          )
          .meta({ description: 'The schools of the campaigns on this page.' }),
        page: cursorPage,
      }),
    },
  },
})
