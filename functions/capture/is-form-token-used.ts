import type { DedupeMarker } from '#shared/domain/routing/duplicates.ts'
import type { SaveResult } from '#shared/store/capture/leads.ts'

/** Whether a lead could not be saved since another had come with its form token. */
export function isFormTokenUsed(saveResult: SaveResult, tokenMarkers: readonly DedupeMarker[]): boolean {
  return (
    typeof saveResult === 'object' && tokenMarkers.some(({ scope }) => saveResult.conflictingScopes.includes(scope))
  )
}
