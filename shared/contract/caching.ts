import * as z from 'zod'

/** What a route takes and answers so that a caller need not fetch again what it has. */
export const conditional = z.object({ 'if-none-match': z.string().max(1000).optional() })
export const notModified = { description: 'Not changed since the ETag in If-None-Match.' } as const
/** How long shared caches keep what anyone may read of the catalogue. */
export const cacheSeconds = 60
