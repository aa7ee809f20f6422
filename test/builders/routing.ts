import { createProfileReader, type LeadProfile } from '#shared/domain/capture/lead-profile.ts'
import type { Candidate } from '#shared/domain/routing/candidate.ts'
import { buildReservations, type Counters, counterOwner, isTallied, tally } from '#shared/domain/routing/caps.ts'
import type { CheckContext } from '#shared/domain/routing/check-candidate.ts'
import type { DecisionInputs } from '#shared/domain/routing/decide.ts'
import type { Decision } from '#shared/domain/routing/decision.ts'
import { aLeadProfile } from './lead.ts'

type Overrides<Base extends { profile: LeadProfile }> = Partial<Omit<Base, 'profile'>> & {
  profile?: Partial<LeadProfile>
}

/** A check context in which nothing excludes a lead. */
export function circumstances({ profile, ...overrides }: Overrides<CheckContext> = {}): CheckContext {
  return {
    profile: aLeadProfile(profile),
    stage: 'lead',
    suppressed: false,
    rejectedBy: [],
    duplicateSchoolIds: [],
    duplicateOfSource: false,
    test: false,
    counters: {},
    ...overrides,
  }
}

/** Inputs of `decide` in which nothing excludes a lead. */
export function inputs({ profile, ...overrides }: Overrides<DecisionInputs> = {}): DecisionInputs {
  return {
    ...circumstances(profile ? { profile } : {}),
    candidates: [],
    maxSales: 5,
    soldTo: 0,
    method: 'priority',
    seed: 'lead_4fJ0q2mXbW7cT1nZ8yKd5A',
    ...overrides,
  }
}

/** Counters in which each cap of the candidates is used to `computeUsed(limit)`, as if leads had been accepted before. */
export function fillCounters(
  candidates: readonly Candidate[],
  profile: LeadProfile,
  computeUsed: (limit: number) => number,
) {
  const counters: Counters = {}
  for (const candidate of candidates)
    for (const { owner, counter, limit } of buildReservations(candidate, profile.at, 0, createProfileReader(profile)))
      counters[owner] = { ...counters[owner], [counter]: computeUsed(limit) }
  return counters
}

/** Returns the counters after a decision: used caps, and tallies if the method needs them. */
export function applyDecision(
  { verdicts }: Decision,
  { candidates, profile, counters, method }: DecisionInputs,
): Counters {
  const after = structuredClone(counters)
  for (const { selected, campaignId, priceCents = 0 } of verdicts) {
    const winner = candidates.find(({ campaign }) => campaign.id === campaignId)
    if (!selected || !winner) continue
    const turns = isTallied(method) ? [{ owner: counterOwner('campaigns', campaignId), counter: tally, amount: 1 }] : []
    for (const { owner, counter, amount } of [
      ...buildReservations(winner, profile.at, priceCents, createProfileReader(profile)),
      ...turns,
    ])
      after[owner] = { ...after[owner], [counter]: (after[owner]?.[counter] ?? 0) + amount }
  }
  return after
}

export function listSelected({ verdicts }: Decision): string[] {
  return verdicts.filter((verdict) => verdict.selected).map(({ campaignId }) => campaignId)
}

/** Returns reason codes by campaign; undefined for selected campaigns. */
export function reasonsByCampaign({ verdicts }: Decision): { [campaignId: string]: string | undefined } {
  return Object.fromEntries(verdicts.map(({ campaignId, reason }) => [campaignId, reason]))
}

export function findVerdict(campaignId: string, { verdicts }: Decision) {
  return verdicts.find((verdict) => verdict.campaignId === campaignId)
}
