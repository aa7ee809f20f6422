import type * as z from 'zod'
import type { source } from '#shared/domain/capture/source.ts'
import { sourceIds } from './plan-visits.ts'

/** Two publishers beside the landing page of the sample: one with the form on its page, one that sends leads from its server. */
export const weekSources: { id: string; body: z.input<typeof source> }[] = [
  { id: sourceIds.page, body: { name: 'Career Compass', mode: 'live', maxSales: 3, abuse: 'enforce' } },
  {
    id: sourceIds.partner,
    body: {
      name: 'Campus Finder',
      mode: 'live',
      maxSales: 3,
      abuse: 'enforce',
      duplicates: { keys: 'any', windowDays: 30 },
    },
  },
]
