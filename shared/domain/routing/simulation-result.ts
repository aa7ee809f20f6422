/** Totals over a number of decisions. */
export type SimulationResult = {
  leads: number
  /** Leads without a buyer. */
  unmatched: number
  schools: { [schoolId: string]: { leads: number; revenueCents: number } }
  /** Refusals by reason. */
  refusals: { [reason: string]: number }
  /** How often a cap stopped a campaign. */
  capsReached: { [campaignId: string]: number }
}

export function createEmptyResult(): SimulationResult {
  return { leads: 0, unmatched: 0, schools: {}, refusals: {}, capsReached: {} }
}

/** Adds up two pages of one simulation. */
export function addResults(a: SimulationResult, b: SimulationResult): SimulationResult {
  const schools = { ...a.schools }
  for (const [id, { leads, revenueCents }] of Object.entries(b.schools)) {
    const current = getOwnValue(schools, id) ?? { leads: 0, revenueCents: 0 }
    schools[id] = { leads: current.leads + leads, revenueCents: current.revenueCents + revenueCents }
  }
  return {
    leads: a.leads + b.leads,
    unmatched: a.unmatched + b.unmatched,
    schools,
    refusals: addCounts(a.refusals, b.refusals),
    capsReached: addCounts(a.capsReached, b.capsReached),
  }
}

export function addCounts(a: { [name: string]: number }, b: { [name: string]: number }) {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return Object.fromEntries(names.map((name) => [name, (getOwnValue(a, name) ?? 0) + (getOwnValue(b, name) ?? 0)]))
}

// An id can be `constructor`.
function getOwnValue<Value>(all: { [name: string]: Value }, name: string): Value | undefined {
  return Object.hasOwn(all, name) ? all[name] : undefined
}
