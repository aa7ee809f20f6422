import type * as z from 'zod'
import type { source } from '#shared/domain/capture/source.ts'

/** The landing page of `npm start`. It only watches for abuse and knows no rate limit, so that tests can lean on it. */
export const sources: { id: string; body: z.input<typeof source> }[] = [
  {
    id: 'sample-landing-page',
    body: { name: 'Sample landing page', mode: 'live', maxSales: 5, abuse: 'observe', formToken: 'optional' },
  },
]
