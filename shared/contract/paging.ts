import * as z from 'zod'

/** Lists that grow are read by cursor: opaque, signed, and good for the same list and filters only. */
export const cursorQuery = z.strictObject({
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

export const cursorPage = z
  .object({
    nextCursor: z.string().nullable().meta({ description: 'Send it as `cursor` for the next page; null at the end.' }),
  })
  .meta({ id: 'CursorPage' })
