import type { Fact } from '#shared/domain/catalog/career.ts'

/**
 * Puts each fact that is brought in the place of the one that says the same thing; all others stay as they are. What is
 * brought twice counts as it came first.
 */
export function mergeFacts(current: readonly Fact[], incoming: readonly Fact[]): Fact[] {
  const uniqueIncoming = incoming.filter(
    (fact, index) => incoming.findIndex((other) => isSameFact(fact, other)) === index,
  )
  const replacements = new Set<Fact>()
  const merged = current.flatMap((existing) => {
    const replacement = uniqueIncoming.find((fact) => isSameFact(fact, existing))
    if (!replacement) return [existing]
    if (replacements.has(replacement)) return []
    replacements.add(replacement)
    return [replacement]
  })
  return [...merged, ...uniqueIncoming.filter((fact) => !replacements.has(fact))]
}

/** The same metric of the same place, by the same source: programs are renamed, and pages move, but not both at once. */
export function isSameFact(a: Fact, b: Fact): boolean {
  if (a.metric !== b.metric || a.geography !== b.geography) return false
  return a.source.name === b.source.name || (a.source.url !== undefined && a.source.url === b.source.url)
}
