import * as z from 'zod'

/** The request header of a conditional GET. */
export const conditional = z.object({ 'if-none-match': z.string().max(1000).optional() })
export const notModified = { description: 'Not changed since the ETag in If-None-Match.' } as const
/** How long shared caches keep public catalog responses. */
export const cacheSeconds = 60
