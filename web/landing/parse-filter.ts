import { stateOfZip } from '#shared/domain/capture/contact.ts'
import { modality, programLevel, stateInput, zip } from '#shared/domain/vocabulary.ts'
import type { LandingFilter } from './sections/render-listing-section.ts'

/** The filters of a listing from the query of its page. A ZIP code stands for its state; what has no meaning filters nothing. */
export function parseFilter(query: URLSearchParams): LandingFilter {
  const place = query.get('state')?.trim() || undefined
  const zipCode = zip.safeParse(place).data
  const state = stateInput.safeParse(zipCode === undefined ? place : stateOfZip(zipCode)).data
  return {
    state,
    level: programLevel.safeParse(query.get('level')).data,
    modality: modality.safeParse(query.get('modality')).data,
    ...(place !== undefined && state === undefined && { unknownState: place.slice(0, 40) }),
  }
}
