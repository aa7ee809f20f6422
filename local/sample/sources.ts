import type * as z from 'zod'
import type { source } from '#shared/domain/capture/source.ts'

export const sampleSourceId = 'sample-landing-page'

/** The landing page of `npm start`. It only observes abuse and has no rate limit, because tests send many leads. */
export const sources: { id: string; body: z.input<typeof source> }[] = [
  {
    id: sampleSourceId,
    body: { name: 'Sample landing page', mode: 'live', maxSales: 5, abuse: 'observe', formToken: 'optional' },
  },
]
