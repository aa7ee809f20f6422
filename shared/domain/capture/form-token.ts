import * as z from 'zod'
import { ownerName } from '../catalog/generation.ts'
import { idSchema } from '../ids.ts'
import type { DedupeMarker } from '../routing/duplicates.ts'
import { instant } from '../vocabulary.ts'

/** The content of a form token: the source (its owner name) and time of the form, and the state of its visitor. */
export const formToken = z.object({ id: idSchema('formToken'), sourceId: ownerName, state: z.string(), at: instant })
export type FormToken = z.output<typeof formToken>

/** A person needs at least this long to read the consent text, check a box and send a form that the browser has filled in. */
export const minFormSeconds = 2
/** How long a form may stay open. Longer than a match is valid, because a page keeps its first token when it requests a new match. */
export const maxFormSeconds = 24 * 60 * 60

/** Only one lead can be saved with the marker of a form token. */
export function createTokenMarker(tokenId: string): DedupeMarker {
  return { scope: `${tokenScopePrefix}${tokenId}`, digest: 'used', days: 2 }
}

export const isFormTokenScope = (scope: string): boolean => scope.startsWith(tokenScopePrefix)

const tokenScopePrefix = 'form-token#'
