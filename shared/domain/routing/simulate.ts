import type * as z from 'zod'
import { readerOf } from '../capture/enquiry.ts'
import type { Candidate } from './candidate.ts'
import { type Counters, isTallied, ownerOf, reservationsOf, tally } from './caps.ts'
import { decide, type storedInputs } from './decide.ts'
import type { Decision } from './decision.ts'
import { addCounts, addResults, emptyResult, type Result } from './simulation-result.ts'

/** A lead of the past: what was decided, and from what. */
export type PastLead = { inputs: z.output<typeof storedInputs>; decision: Decision }

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
