import type { Fact } from '#shared/domain/catalog/fact.ts'

/**
 * Replaces each stored fact by the imported fact with the same identity, and appends the rest. Of two imported facts with the same
 * identity the first counts.
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

/** Same metric, geography and source. A source is the same if its name or its URL is: either can change, but rarely both. */
export function isSameFact(a: Fact, b: Fact): boolean {
  if (a.metric !== b.metric || a.geography !== b.geography) return false
  return a.source.name === b.source.name || (a.source.url !== undefined && a.source.url === b.source.url)
}
