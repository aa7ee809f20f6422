import type * as z from 'zod'
import type { Candidate } from './candidate.ts'
import { type Counters, isTallied, ownerOf, reservationsOf, tally } from './caps.ts'
import { decide, type storedInputs } from './decide.ts'
import type { Decision } from './decision.ts'
import { readerOf } from './enquiry.ts'

/** A lead of the past: what was decided, and from what. */
export type PastLead = { inputs: z.output<typeof storedInputs>; decision: Decision }

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

/**
 * Runs past leads through draft campaigns, in the order in which they came. A draft stands in place of the campaign of
 * its id, and counts as named in the consent, since a match would have named its school. `carried` is what the leads
 * before these have taken.
 */
export function simulate(past: readonly PastLead[], draft: readonly Candidate[], carried: Counters) {
  const counters = structuredClone(carried)
  let before = emptyResult()
  let after = emptyResult()
  for (const { inputs, decision } of past) {
    const fitting = draft.flatMap((one) => offeredTo(inputs.enquiry, one))
    const others = inputs.candidates.filter((one) => !draft.some(({ campaign }) => campaign.id === one.campaign.id))
    const candidates = [...others, ...fitting]
    const namedSchoolIds = [...inputs.namedSchoolIds, ...fitting.map(({ school }) => school.id)]
    // What stood in a counter when the first lead came that looks at it is where counting starts.
    for (const { owner, counter } of candidates.flatMap((one) => takenBy(one, inputs, one.campaign.priceCents)))
      counters[owner] = { [counter]: inputs.counters[owner]?.[counter] ?? 0, ...counters[owner] }
    const again = decide({ ...inputs, candidates, namedSchoolIds, counters })
    count(again, candidates, inputs, counters)
    before = addResults(before, resultOf(decision))
    after = addResults(after, resultOf(again))
  }
  return { before, after, counters }
}

type Inputs = PastLead['inputs']

/** The draft as it would have stood among the candidates of a lead: with the programs of its career and state. */
function offeredTo({ careerSlug, state }: Inputs['enquiry'], draft: Candidate): Candidate[] {
  const programs = draft.programs.filter(
    ({ careerSlugs, states }) =>
      careerSlugs.includes(careerSlug) && (states?.some((offered) => offered === state) ?? true),
  )
  return programs.length > 0 ? [{ ...draft, programs }] : []
}

function count({ verdicts }: Decision, candidates: readonly Candidate[], inputs: Inputs, counters: Counters) {
  for (const { selected, campaignId, priceCents = 0 } of verdicts) {
    const taker = candidates.find(({ campaign }) => campaign.id === campaignId)
    if (!selected || !taker) continue
    for (const { owner, counter, amount } of takenBy(taker, inputs, priceCents))
      counters[owner] = { ...counters[owner], [counter]: (counters[owner]?.[counter] ?? 0) + amount }
  }
}

function takenBy(candidate: Candidate, { enquiry, method }: Inputs, priceCents: number) {
  const turn = { owner: ownerOf('campaigns', candidate.campaign.id), counter: tally, amount: 1 }
  const reservations = reservationsOf(candidate, enquiry.at, priceCents, readerOf(enquiry))
  return [...reservations, ...(isTallied(method) ? [turn] : [])]
}

export function emptyResult(): Result {
  return { leads: 0, unmatched: 0, schools: {}, refusals: {}, capsReached: {} }
}

/** What one decision adds up to. */
function resultOf({ verdicts }: Decision): Result {
  const takers = verdicts.filter(({ selected }) => selected)
  const capped = verdicts.filter(({ reason }) => reason?.startsWith('CAP_'))
  return {
    leads: 1,
    unmatched: takers.length === 0 ? 1 : 0,
    schools: Object.fromEntries(
      takers.map(({ schoolId, priceCents = 0 }) => [schoolId, { leads: 1, revenueCents: priceCents }]),
    ),
    refusals: verdicts.reduce((counts, { reason }) => (reason ? addCounts(counts, { [reason]: 1 }) : counts), {}),
    capsReached: Object.fromEntries(capped.map(({ campaignId }) => [campaignId, 1])),
  }
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

function addCounts(a: { [name: string]: number }, b: { [name: string]: number }) {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return Object.fromEntries(names.map((name) => [name, (own(a, name) ?? 0) + (own(b, name) ?? 0)]))
}

// A school may be called `constructor`.
function own<Value>(all: { [name: string]: Value }, name: string): Value | undefined {
  return Object.hasOwn(all, name) ? all[name] : undefined
}
