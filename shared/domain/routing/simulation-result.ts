/** What came of a run of leads. */
export type Result = {
  leads: number
  /** Leads that nobody took. */
  unmatched: number
  schools: { [schoolId: string]: { leads: number; revenueCents: number } }
  /** Verdicts against a campaign, by reason. */
  refusals: { [reason: string]: number }
  /** How often a cap stood in the way of a campaign. */
  capsReached: { [campaignId: string]: number }
}

export function emptyResult(): Result {
  return { leads: 0, unmatched: 0, schools: {}, refusals: {}, capsReached: {} }
}

/** Two pages of one simulation together. */
export function addResults(a: Result, b: Result): Result {
  const schools = { ...a.schools }
  for (const [id, { leads, revenueCents }] of Object.entries(b.schools)) {
    const sofar = own(schools, id) ?? { leads: 0, revenueCents: 0 }
    schools[id] = { leads: sofar.leads + leads, revenueCents: sofar.revenueCents + revenueCents }
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
  return Object.fromEntries(names.map((name) => [name, (own(a, name) ?? 0) + (own(b, name) ?? 0)]))
}

// A school may be called `constructor`.
function own<Value>(all: { [name: string]: Value }, name: string): Value | undefined {
  return Object.hasOwn(all, name) ? all[name] : undefined
}
