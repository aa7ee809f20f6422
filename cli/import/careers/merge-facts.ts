import type { Fact } from '#shared/domain/catalog/career.ts'

/**
 * Puts each fact that is brought in the place of the one that says the same thing; all others stay as they are. What is
 * brought twice counts as it came first.
 */
export function mergeFacts(standing: readonly Fact[], given: readonly Fact[]): Fact[] {
  const brought = given.filter((fact, index) => given.findIndex((other) => saysTheSame(fact, other)) === index)
  const placed = new Set<Fact>()
  const kept = standing.flatMap((old) => {
    const fresh = brought.find((fact) => saysTheSame(fact, old))
    if (!fresh) return [old]
    if (placed.has(fresh)) return []
    placed.add(fresh)
    return [fresh]
  })
  return [...kept, ...brought.filter((fact) => !placed.has(fact))]
}

/** The same metric of the same place, by the same source: programs are renamed, and pages move, but not both at once. */
export function saysTheSame(a: Fact, b: Fact): boolean {
  if (a.metric !== b.metric || a.geography !== b.geography) return false
  return a.source.name === b.source.name || (a.source.url !== undefined && a.source.url === b.source.url)
}
