import * as z from 'zod'

/** Growing lists are paged by a cursor: opaque, signed, and valid only for the same list and filters. */
export const cursorQuery = z.strictObject({
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

export const cursorPage = z
  .object({
    nextCursor: z.string().nullable().meta({ description: 'Send it as `cursor` for the next page; null at the end.' }),
  })
  .meta({ id: 'CursorPage' })
