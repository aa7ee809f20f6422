import type * as z from 'zod'
import { createProfileReader } from '../capture/lead-profile.ts'
import { toOwnerName } from '../catalog/generation.ts'
import { getLegalName } from '../catalog/school.ts'
import type { Candidate } from './candidate.ts'
import { buildReservations, type Counters, counterOwner, isTallied, tally } from './caps.ts'
import { decide, type storedInputs } from './decide.ts'
import type { Decision } from './decision.ts'
import { addCounts, addResults, createEmptyResult, type SimulationResult } from './simulation-result.ts'

/** A decision on a past lead, with its inputs. */
export type PastLead = { inputs: z.output<typeof storedInputs>; decision: Decision }

/**
 * Routes past leads again with draft campaigns, in their original order. A draft replaces the campaign with its id and
 * counts as named in the consent, because a match would have named its school. `initialCounters` are the counters that
 * the previous page returned. Returns the totals before and after, and the counters for the next page.
 */
export function simulate(
  pastLeads: readonly PastLead[],
  draftCandidates: readonly Candidate[],
  initialCounters: Counters,
) {
  const counters = structuredClone(initialCounters)
  let before = createEmptyResult()
  let after = createEmptyResult()
  for (const { inputs, decision } of pastLeads) {
    const eligibleDrafts = draftCandidates.flatMap((one) => matchDraft(inputs, one))
    const others = inputs.candidates.filter(
      (one) => !draftCandidates.some(({ campaign }) => campaign.id === one.campaign.id),
    )
    const candidates = [...others, ...eligibleDrafts]
    const namedSchoolIds = [...inputs.namedSchoolIds, ...eligibleDrafts.map(({ school }) => school.id)]
    const draftSchools = eligibleDrafts.map(({ school }) => school)
    const legalNames = { ...inputs.legalNames, ...toRecord(draftSchools, getLegalName) }
    const schoolGenerations = {
      ...inputs.schoolGenerations,
      ...toRecord(draftSchools, ({ generation = 1 }) => generation),
    }
    // A counter starts at the value that the first lead which uses it has read.
    for (const { owner, counter } of [
      ...candidates.flatMap((one) => buildCounterChanges(one, inputs, one.campaign.priceCents)),
      ...(inputs.sourceLimits?.caps ?? []),
    ])
      counters[owner] = { [counter]: inputs.counters[owner]?.[counter] ?? 0, ...counters[owner] }
    const newDecision = decide({
      ...inputs,
      candidates,
      namedSchoolIds,
      legalNames,
      schoolGenerations,
      counters,
    })
    applyDecision(newDecision, candidates, inputs, counters)
    before = addResults(before, toResult(decision))
    after = addResults(after, toResult(newDecision))
  }
  return { before, after, counters }
}

type Inputs = PastLead['inputs']

function toRecord<Value>(schools: readonly Candidate['school'][], read: (school: Candidate['school']) => Value) {
  return Object.fromEntries(schools.map((school) => [school.id, read(school)]))
}

/** Returns the draft with its programs of this career and state, or nothing if it has none. It is judged as if the lead was matched with it. */
function matchDraft({ profile: { careerSlug, state }, matchedIds }: Inputs, draft: Candidate): Candidate[] {
  const programs = draft.programs
    .filter(
      ({ careerSlugs, states }) =>
        careerSlugs.includes(careerSlug) && (states?.some((programState) => programState === state) ?? true),
    )
    .map((program) => ({ ...program, generation: matchedIds?.programGeneration }))
  return programs.length > 0 ? [{ ...draft, programs, careerGeneration: matchedIds?.careerGeneration }] : []
}

function applyDecision({ verdicts }: Decision, candidates: readonly Candidate[], inputs: Inputs, counters: Counters) {
  const sales = verdicts.flatMap(({ selected, campaignId, priceCents = 0 }) => {
    const buyer = candidates.find(({ campaign }) => campaign.id === campaignId)
    return selected && buyer ? [{ buyer, priceCents }] : []
  })
  const changes = sales.flatMap(({ buyer, priceCents }) => buildCounterChanges(buyer, inputs, priceCents))
  const sourceChanges = sales.length > 0 ? (inputs.sourceLimits?.caps ?? []) : []
  for (const { owner, counter, amount } of [...changes, ...sourceChanges])
    counters[owner] = { ...counters[owner], [counter]: (counters[owner]?.[counter] ?? 0) + amount }
}

function buildCounterChanges(candidate: Candidate, { profile, method }: Inputs, priceCents: number) {
  const turn = { owner: counterOwner('campaigns', toOwnerName(candidate.campaign)), counter: tally, amount: 1 }
  const reservations = buildReservations(candidate, profile.at, priceCents, createProfileReader(profile))
  return [...reservations, ...(isTallied(method) ? [turn] : [])]
}

function toResult({ verdicts }: Decision): SimulationResult {
  const selectedVerdicts = verdicts.filter(({ selected }) => selected)
  const capRefusals = verdicts.filter(({ reason }) => reason?.startsWith('CAP_'))
  return {
    leads: 1,
    unmatched: selectedVerdicts.length === 0 ? 1 : 0,
    schools: Object.fromEntries(
      selectedVerdicts.map(({ schoolId, priceCents = 0 }) => [schoolId, { leads: 1, revenueCents: priceCents }]),
    ),
    refusals: verdicts.reduce((counts, { reason }) => (reason ? addCounts(counts, { [reason]: 1 }) : counts), {}),
    capsReached: Object.fromEntries(capRefusals.map(({ campaignId }) => [campaignId, 1])),
  }
}
