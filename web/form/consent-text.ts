/** What the consent text is made of, as `/v1/matches` returns it. */
export type ConsentTextParts = {
  schools: readonly { schoolId: string; consentName: string }[]
  disclosure: {
    template: { before: string; after: string; join: { pair: string; separator: string; last: string } }
  }
}

/** The consent text that names exactly the checked schools of a match, as the API renders it; undefined if none is checked. */
export function renderConsentText(
  { schools, disclosure }: ConsentTextParts,
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
