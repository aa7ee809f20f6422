import { createHash } from 'node:crypto'
import { createProfileReader, type LeadProfile } from '../capture/lead-profile.ts'
import type { Source } from '../capture/source.ts'
import { toOwnerName } from '../catalog/generation.ts'
import type { Candidate } from './candidate.ts'
import { buildReservations, type Counters, getTally, isWithinLimit } from './caps.ts'
import type { Reason } from './reasons.ts'

/** How eligible candidates are ranked, and how many may get the lead. */
export type SelectionContext = {
  stage: 'match' | 'lead'
  profile: LeadProfile
  counters: Counters
  method: Source['method']
  /** How many schools may get the lead, and how many already have it. */
  maxSales: number
  soldTo: number
  /** Breaks ties: the id of the lead, or a stable key of the match. */
  seed: string
}
type RankedCandidate = { candidate: Candidate; rank: number }
export type CandidateSelection = RankedCandidate & ({ priceCents: number; exclusive?: true } | { reason: Reason })

/**
 * Selects buyers in the order of rank. An exclusive campaign gets the lead alone if it ranks first, and otherwise not at
 * all. A hybrid campaign that ranks first gets it alone if that brings at least as much as sharing.
 */
export function selectCandidates(eligible: readonly Candidate[], context: SelectionContext): CandidateSelection[] {
  const rankedCandidates = rankCandidates(eligible, context).map(addRank)
  const [first, ...others] = rankedCandidates
  if (!first) return []
  const sharedSelections = selectSharedBuyers(rankedCandidates, context)
  const priceCents = computeExclusivePrice(first.candidate, sharedSelections, context)
  if (priceCents === undefined) return sharedSelections
  return [
    { ...first, priceCents, exclusive: true },
    ...others.map((other) => ({ ...other, reason: 'OUTRANKED' }) as const),
  ]
}

/** Selects the schools that a match names, each school once. Exclusive sales are decided when the lead arrives. */
export function selectMatchSchools(
  rankedCandidates: readonly Candidate[],
  { maxSales }: Pick<SelectionContext, 'maxSales'>,
): CandidateSelection[] {
  const namedSchoolIds: string[] = []
  return rankedCandidates.map(addRank).map((one) => {
    const { campaign, school } = one.candidate
    if (namedSchoolIds.includes(school.id)) return { ...one, reason: 'OUTRANKED' }
    if (namedSchoolIds.length >= maxSales) return { ...one, reason: 'MAX_SALES_REACHED' }
    namedSchoolIds.push(school.id)
    return { ...one, priceCents: campaign.priceCents }
  })
}

function selectSharedBuyers(
  rankedCandidates: readonly RankedCandidate[],
  { maxSales, soldTo }: SelectionContext,
): CandidateSelection[] {
  const buyers: Candidate[] = []
  return rankedCandidates.map((one) => {
    const { campaign, school } = one.candidate
    if (campaign.sharing === 'exclusive' || buyers.some((buyer) => buyer.school.id === school.id))
      return { ...one, reason: 'OUTRANKED' }
    const soldCount = soldTo + buyers.length
    if (soldCount >= maxSales || [...buyers, one.candidate].some((buyer) => soldCount > maxOthers(buyer)))
      return { ...one, reason: 'MAX_SALES_REACHED' }
    buyers.push(one.candidate)
    return { ...one, priceCents: campaign.priceCents }
  })
}

function maxOthers({ campaign }: Candidate): number {
  return campaign.shareWith ?? Number.POSITIVE_INFINITY
}

/** Returns the price if the first candidate gets the lead alone, or undefined if it shares. */
function computeExclusivePrice(
  { campaign, school }: Candidate,
  sharedSelections: readonly CandidateSelection[],
  context: SelectionContext,
) {
  const { profile, counters, maxSales, soldTo } = context
  if (soldTo > 0 || maxSales < 1) return undefined
  if (campaign.sharing === 'exclusive') return campaign.priceCents
  if (campaign.sharing === 'shared') return undefined
  const exclusivePriceCents = Math.round(campaign.priceCents * campaign.exclusiveMultiplier)
  const sharedRevenueCents = sharedSelections.reduce((sum, one) => sum + ('priceCents' in one ? one.priceCents : 0), 0)
  const reservations = buildReservations(
    { campaign, school },
    profile.at,
    exclusivePriceCents,
    createProfileReader(profile),
  )
  return exclusivePriceCents >= sharedRevenueCents && reservations.every((one) => isWithinLimit(one, counters))
    ? exclusivePriceCents
    : undefined
}

/** Sorts candidates by the method of the source, the best first. */
export function rankCandidates(
  eligible: readonly Candidate[],
  { method, seed, counters }: SelectionContext,
): Candidate[] {
  const getSortKey = {
    priority: ({ campaign }: Candidate) => campaign.priority,
    price: ({ campaign }: Candidate) => -campaign.priceCents,
    // The campaign with the fewest leads relative to its weight comes first; round robin gives all the same weight.
    weight: ({ campaign }: Candidate) => getTally(toOwnerName(campaign), counters) / campaign.weight,
    'round-robin': ({ campaign }: Candidate) => getTally(toOwnerName(campaign), counters),
  }[method]
  return eligible
    .map((candidate) => ({
      candidate,
      sortKey: getSortKey(candidate),
      tieBreaker: getTieBreaker(seed, candidate.campaign.id),
    }))
    .toSorted(
      (a, b) =>
        a.sortKey - b.sortKey ||
        a.tieBreaker - b.tieBreaker ||
        (a.candidate.campaign.id < b.candidate.campaign.id ? -1 : 1),
    )
    .map(({ candidate }) => candidate)
}

function addRank(candidate: Candidate, index: number): RankedCandidate {
  return { candidate, rank: index + 1 }
}

/** Returns a number in [0, 1) that depends only on seed and campaign, so that a repeated decision breaks ties alike. */
function getTieBreaker(seed: string, campaignId: string): number {
  return createHash('sha256').update(`${seed}:${campaignId}`).digest().readUIntBE(0, 6) / 2 ** 48
}
