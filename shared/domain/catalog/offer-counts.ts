import type { Program } from './program.ts'

export type OfferFilter = {
  state?: string | undefined
  level?: Program['level'] | undefined
  modality?: Program['modality'] | undefined
}
/** The number of programs by level and modality, such as `associate online`, and by state; `*`: every state; `all`: together. */
export type OfferCounts = { [kind: string]: { [state: string]: number } }

export function countOffers(programs: readonly Pick<Program, 'level' | 'modality' | 'states'>[]): OfferCounts {
  const counts: OfferCounts = {}
  for (const { level, modality, states } of programs) {
    const byState = counts[`${level} ${modality}`] ?? {}
    counts[`${level} ${modality}`] = byState
    for (const state of ['all', ...new Set<string>(states ?? [everyState])]) byState[state] = (byState[state] ?? 0) + 1
  }
  return counts
}

export function countMatchingOffers(counts: OfferCounts, filter: OfferFilter): number {
  return Object.entries(counts).reduce((sum, [kind, byState]) => {
    if (!isKindOf(kind, filter)) return sum
    const { state } = filter
    return sum + (state === undefined ? (byState.all ?? 0) : (byState[everyState] ?? 0) + (byState[state] ?? 0))
  }, 0)
}

/** The programs of each level. */
export function countByLevel(counts: OfferCounts): { [level: string]: number } {
  const levels: { [level: string]: number } = {}
  for (const [kind, { all = 0 }] of Object.entries(counts)) {
    const [level = ''] = kind.split(' ')
    levels[level] = (levels[level] ?? 0) + all
  }
  return levels
}

/** What a school offers, in one text that is the same for schools that every filter treats alike: `associate online:CA,TX`. */
export function describeOffers(counts: OfferCounts): string {
  return Object.entries(counts)
    .map(
      ([kind, byState]) =>
        `${kind}:${Object.keys(byState)
          .filter((state) => state !== 'all')
          .toSorted()}`,
    )
    .toSorted()
    .join(';')
}

/** Whether a school whose offers are described so is in the filtered listing. */
export function hasMatchingOffer(description: string, filter: OfferFilter): boolean {
  return description.split(';').some((part) => {
    const [kind = '', states = ''] = part.split(':')
    if (!isKindOf(kind, filter)) return false
    return filter.state === undefined || states.split(',').some((one) => one === everyState || one === filter.state)
  })
}

function isKindOf(kind: string, { level, modality }: OfferFilter): boolean {
  const [ownLevel, ownModality] = kind.split(' ')
  return (level ?? ownLevel) === ownLevel && (modality ?? ownModality) === ownModality
}

const everyState = '*'
