import type { Actor } from '#shared/domain/access/actor.ts'
import { portalSessionsText } from '../text/access-text.ts'

/** The name of the key that did something. Keys that are older than key IDs have no name. */
export function formatKeyName(actor: Actor): string {
  const name = 'name' in actor ? actor.name : undefined
  return name ?? portalSessionsText.unknownKey
}
