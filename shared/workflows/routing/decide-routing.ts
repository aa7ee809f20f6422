import { createProfileReader, type LeadProfile } from '../../domain/capture/lead-profile.ts'
import { decodeMatchRefusals } from '../../domain/capture/naming/match-refusals.ts'
import { toOwnerName } from '../../domain/catalog/generation.ts'
import { readAnswers } from '../../domain/catalog/read-answers.ts'
import { buildReservations, buildTestReservations, counterOwner, tally } from '../../domain/routing/caps.ts'
import type { CheckContext } from '../../domain/routing/check-candidate.ts'
import { type DecisionInputs, decide } from '../../domain/routing/decide.ts'
import { getEffectiveStatus } from '../../domain/routing/edits/edit-campaign.ts'
import type { SelectionContext } from '../../domain/routing/select-candidates.ts'
import type { Dependencies } from '../../platform/dependencies.ts'

type DecideRoutingDependencies = Pick<Dependencies, 'routing'>
/** What the caller provides. Candidates and counters are read by `decideRouting`. */
export type RoutingFacts = Omit<CheckContext & SelectionContext, 'counters'> & {
  /** As the match wrote them; decoded, they are `matchRefusals`. */
  encodedMatchRefusals?: string | undefined
}

/** Reads the candidates for a profile with their counters, and decides. */
export async function decideRouting(facts: RoutingFacts, deps: DecideRoutingDependencies) {
  const { candidates, counters } = await readRoutingState(facts, deps)
  const inputs = toDecisionInputs(facts, { candidates, counters })
  return { inputs, candidates, counters, decision: decide(inputs) }
}

/** The facts with what was read, as they are decided by and stored. */
export function toDecisionInputs(
  { encodedMatchRefusals, profile, ...facts }: RoutingFacts,
  { candidates, counters }: Pick<DecisionInputs, 'candidates' | 'counters'>,
): DecisionInputs {
  const campaignOwners = candidates.map(({ campaign }) => toOwnerName(campaign))
  return {
    ...facts,
    profile: withReadAnswers(profile, candidates),
    ...(encodedMatchRefusals !== undefined && {
      matchRefusals: decodeMatchRefusals(encodedMatchRefusals, campaignOwners),
    }),
    candidates,
    counters,
  }
}

/** Reads the candidates for a profile with their counters. */
export async function readRoutingState(
  { profile, method, test, sourceLimits }: Pick<RoutingFacts, 'profile' | 'method' | 'test' | 'sourceLimits'>,
  { routing }: DecideRoutingDependencies,
) {
  const candidates = await routing.candidates(profile.careerSlug, profile.state)
  const counters = await routing.counters([
    ...(sourceLimits?.caps ?? []),
    ...(test
      ? candidates.flatMap((candidate) => buildTestReservations(candidate, profile))
      : listCounters(candidates, withReadAnswers(profile, candidates), method)),
  ])
  return { candidates, counters }
}

/** The profile with its answers as the questions of the candidates take them. */
function withReadAnswers(profile: LeadProfile, candidates: DecisionInputs['candidates']): LeadProfile {
  const answers = readAnswers(
    profile.answers,
    candidates.flatMap(({ programs }) => programs),
  )
  return answers ? { ...profile, answers } : profile
}

function listCounters(
  candidates: DecisionInputs['candidates'],
  profile: LeadProfile,
  method: SelectionContext['method'],
) {
  const readField = createProfileReader(profile)
  const needsTally = method === 'weight' || method === 'round-robin'
  const counters = candidates.flatMap(({ campaign, school }) =>
    getEffectiveStatus(campaign) !== 'active'
      ? []
      : [
          ...buildReservations({ campaign, school }, profile.at, campaign.priceCents, readField),
          ...(needsTally ? [{ owner: counterOwner('campaigns', toOwnerName(campaign)), counter: tally }] : []),
        ],
  )
  return [...new Map(counters.map((one) => [`${one.owner} ${one.counter}`, one])).values()]
}
