import { renderConsentText } from '../../form/consent-text.ts'
import type { Match } from '../../form/fields.ts'
import { sha256 } from '../hex.ts'

/** The hash of the text that names the checked schools. Undefined: the page is not secure, so the browser computes none. */
export async function hashConsentText(match: Match, checkedIds: readonly string[]): Promise<string | undefined> {
  if (checkedIds.length === match.schools.length) return match.disclosure.sha256
  return sha256(renderConsentText(match, checkedIds) ?? '')
}
