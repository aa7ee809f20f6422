import * as z from 'zod'
import { idSchema } from '../ids.ts'
import type { DedupeMarker } from '../routing/duplicates.ts'
import { instant, recordId } from '../vocabulary.ts'

/** What a form token says: which form it was made for, when, and for a visitor from where. */
export const formToken = z.object({ id: idSchema('formToken'), sourceId: recordId, state: z.string(), at: instant })
export type FormToken = z.output<typeof formToken>

/** Nobody reads a consent text, ticks a box and sends a form faster, not even with a browser that fills it in. */
export const minFormSeconds = 2
/** How long a form may stay open. Longer than a match lives: a page keeps its first token when it asks anew. */
export const maxFormSeconds = 24 * 60 * 60

/** Guards a form token against a second lead: of two that come with it, one gets it. */
export function createTokenMarker(tokenId: string): DedupeMarker {
  return { scope: `form-token#${tokenId}`, digest: 'used', days: 2 }
}
