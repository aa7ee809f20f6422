/** JSON with the members of every object in one order: two values that mean the same have the same text. */
export function toCanonicalJson(value: unknown): string {
  return JSON.stringify(sortMembers(value))
}

function sortMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortMembers)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(members.map(([name, content]) => [name, sortMembers(content)]))
}
