import * as z from 'zod'
import { contactList } from '../aftercare/suppression.ts'
import { certificateOutcome } from '../capture/certificates/check-certificate.ts'
import { leadProfile } from '../capture/lead-profile.ts'
import { consentNaming } from '../capture/naming/consent-naming.ts'
import { source } from '../capture/source.ts'
import { matchedIds } from '../catalog/generation.ts'
import { type Candidate, candidate } from './candidate.ts'
import { type CheckContext, checkCandidate, type Disqualification } from './check-candidate.ts'
import type { Decision, Verdict } from './decision.ts'
import { reasons } from './reasons.ts'
import { rule } from './rules.ts'
import {
  type CandidateSelection,
  rankCandidates,
  type SelectionContext,
  selectCandidates,
  selectMatchSchools,
} from './select-candidates.ts'
import { sourceLimits } from './source/source-limits.ts'

/** Changes whenever the same inputs could give another decision. */
export const rulesVersion = '2026-11-30'

export type DecisionInputs = CheckContext & SelectionContext & { candidates: readonly Candidate[] }

/** The inputs of a decision as they are stored with it, so that the same decision can be made again. */
export const storedInputs = z.object({
  profile: leadProfile,
  stage: z.enum(['match', 'lead']),
  sourceRules: rule.optional(),
  sourceLimits: sourceLimits.optional(),
  certificate: certificateOutcome.optional(),
  namedSchoolIds: z.array(z.string()),
  legalNames: z.record(z.string(), z.string()).optional(),
  schoolGenerations: z.record(z.string(), z.int()).optional(),
  matchedIds: matchedIds.optional(),
  consentText: z.string().optional(),
  naming: consentNaming.optional(),
  matchRefusals: z.record(z.string(), z.string()).optional(),
  suppressed: z.boolean(),
  suppressedByList: contactList.optional(),
  suppressedSchoolIds: z.array(z.string()).default([]),
  rejectedBy: z.array(z.string()),
  duplicateSchoolIds: z.array(z.string()),
  duplicateOfSource: z.boolean(),
  test: z.boolean(),
  counters: z.record(z.string(), z.record(z.string(), z.number())),
  method: source.shape.method,
  maxSales: z.number(),
  soldTo: z.number(),
  seed: z.string(),
  candidates: z.array(candidate),
})

/**
 * Decides which campaigns get a lead. Returns one verdict for each candidate, with the reason of each refusal. The same
 * inputs give the same decision, in whatever order the candidates come.
 */
export function decide(inputs: DecisionInputs): Decision {
  const checkResults = inputs.candidates.map((candidate) => ({ candidate, result: checkCandidate(candidate, inputs) }))
  const eligible = checkResults.flatMap(({ result }) => ('reason' in result ? [] : [result]))
  const disqualifiedCandidates = checkResults.flatMap(({ candidate, result }) =>
    'reason' in result ? [{ candidate, disqualification: result }] : [],
  )
  return {
    rulesVersion,
    decidedAt: inputs.profile.at,
    seed: inputs.seed,
    verdicts: [
      ...selectWithFallback(eligible, disqualifiedCandidates, inputs).map(toEligibleVerdict),
      ...disqualifiedCandidates.map(toDisqualifiedVerdict).sort((a, b) => (a.campaignId < b.campaignId ? -1 : 1)),
    ],
  }
}

type DisqualifiedCandidate = { candidate: Candidate; disqualification: Disqualification }

/**
 * A fallback campaign competes if it replaces a full campaign, or if no other campaign gets the lead. A match names it
 * after the others, because campaigns can fill up or reject the lead later.
 */
function selectWithFallback(
  eligible: readonly Candidate[],
  disqualifiedCandidates: readonly DisqualifiedCandidate[],
  context: SelectionContext,
): CandidateSelection[] {
  const activeFallbackIds = findActiveFallbacks(disqualifiedCandidates)
  const isActive = ({ campaign }: Candidate) => !campaign.fallback || activeFallbackIds.has(campaign.id)
  const [activeCandidates, fallbackCandidates] = [
    eligible.filter(isActive),
    eligible.filter((candidate) => !isActive(candidate)),
  ]
  if (context.stage === 'match')
    return selectMatchSchools(
      [...rankCandidates(activeCandidates, context), ...rankCandidates(fallbackCandidates, context)],
      context,
    )
  const selections = selectCandidates(activeCandidates, context)
  const isSold = context.soldTo > 0 || selections.some((one) => 'priceCents' in one)
  const fallbackSelections = selectCandidates(fallbackCandidates, context).map((one) => ({
    ...one,
    rank: one.rank + selections.length,
  }))
  return [
    ...selections,
    ...(isSold
      ? fallbackSelections.map(({ candidate, rank }) => ({ candidate, rank, reason: 'OUTRANKED' }) as const)
      : fallbackSelections),
  ]
}

/** Returns the fallbacks of full campaigns. Fallbacks chain: a full fallback is replaced by its own fallback. */
function findActiveFallbacks(disqualifiedCandidates: readonly DisqualifiedCandidate[]): Set<string> {
  const collectFallbackIds = (isIncluded: (candidate: Candidate) => boolean) =>
    disqualifiedCandidates.flatMap(({ candidate, disqualification }) =>
      disqualification.fallbackCampaignId !== undefined && isIncluded(candidate)
        ? [disqualification.fallbackCampaignId]
        : [],
    )
  const fallbackIds = new Set(collectFallbackIds(({ campaign }) => !campaign.fallback))
  for (const id of fallbackIds)
    for (const next of collectFallbackIds(({ campaign }) => campaign.id === id)) fallbackIds.add(next)
  return fallbackIds
}

function toEligibleVerdict(selection: CandidateSelection): Verdict {
  const { candidate, rank } = selection
  const common = { ...toCandidateIds(candidate), rank, ...pickProgramId(candidate) }
  if ('reason' in selection)
    return { ...common, selected: false, reason: selection.reason, detail: reasons[selection.reason] }
  const { priceCents, exclusive } = selection
  return { ...common, selected: true, priceCents, ...(exclusive && { exclusive }) }
}

function toDisqualifiedVerdict({
  candidate,
  disqualification: { fallbackCampaignId: _, ...disqualification },
}: {
  candidate: Candidate
  disqualification: Disqualification
}): Verdict {
  return { ...toCandidateIds(candidate), selected: false, ...disqualification }
}

function toCandidateIds({ campaign, school }: Candidate) {
  return { campaignId: campaign.id, schoolId: school.id }
}

function pickProgramId({ programs }: Candidate): { programId?: string } {
  const [first] = programs.toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))
  return first ? { programId: first.id } : {}
}
