import type { Match } from './fields.ts'

/** The consent text that names exactly the checked schools of a match, as the API renders it; undefined if none is checked. */
export function renderConsentText(
  { schools, disclosure }: Pick<Match, 'schools' | 'disclosure'>,
  checkedIds: readonly string[],
): string | undefined {
  const names = schools.filter(({ schoolId }) => checkedIds.includes(schoolId)).map(({ consentName }) => consentName)
  const last = names[names.length - 1]
  if (last === undefined) return undefined
  const { before, after, join } = disclosure.template
  const list =
    names.length < 3 ? names.join(join.pair) : `${names.slice(0, -1).join(join.separator)}${join.last}${last}`
  return before + list + after
}
