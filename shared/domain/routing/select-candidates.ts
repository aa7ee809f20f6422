import { createHash } from 'node:crypto'
import { createProfileReader, type LeadProfile } from '../capture/lead-profile.ts'
import type { Source } from '../capture/source.ts'
import type { Candidate } from './candidate.ts'
import { buildReservations, type Counters, getTally, isWithinLimit } from './caps.ts'
import type { Reason } from './reasons.ts'

/** How the willing are ordered, and how many may have the lead. */
export type SelectionContext = {
  stage: 'match' | 'lead'
  profile: LeadProfile
  counters: Counters
  method: Source['method']
  /** How many schools may have the lead, and how many have it already. */
  maxSales: number
  soldTo: number
  /** Breaks ties: the id of the lead, or for a match what stands for it. */
  seed: string
}
type RankedCandidate = { candidate: Candidate; rank: number }
export type CandidateSelection = RankedCandidate & ({ priceCents: number; exclusive?: true } | { reason: Reason })

/**
 * Walks the willing from the best down. An exclusive campaign at the top takes the lead alone; further down it takes
 * none. A hybrid at the top takes it alone where that brings no less than sharing would.
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

/** A match names whoever is willing, each school once. Who has the lead alone is settled when the lead is there. */
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

/** What the first pays to be alone; nothing where it shares, or where others have the lead already. */
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

/** From the best down, by the method of the source. */
export function rankCandidates(
  eligible: readonly Candidate[],
  { method, seed, counters }: SelectionContext,
): Candidate[] {
  const getSortKey = {
    priority: ({ campaign }: Candidate) => campaign.priority,
    price: ({ campaign }: Candidate) => -campaign.priceCents,
    // Who has had the least of what its weight asks for comes first; by round robin all weigh the same.
    weight: ({ campaign }: Candidate) => getTally(campaign.id, counters) / campaign.weight,
    'round-robin': ({ campaign }: Candidate) => getTally(campaign.id, counters),
  }[method]
  return eligible.toSorted(
    (a, b) =>
      getSortKey(a) - getSortKey(b) ||
      getTieBreaker(seed, a.campaign.id) - getTieBreaker(seed, b.campaign.id) ||
      (a.campaign.id < b.campaign.id ? -1 : 1),
  )
}

function addRank(candidate: Candidate, index: number): RankedCandidate {
  return { candidate, rank: index + 1 }
}

/** A number in [0, 1) that depends on nothing but seed and campaign, so that ties fall the same way again. */
function getTieBreaker(seed: string, campaignId: string): number {
  return createHash('sha256').update(`${seed}:${campaignId}`).digest().readUIntBE(0, 6) / 2 ** 48
}
