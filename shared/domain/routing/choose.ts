import { createHash } from 'node:crypto'
import { type Enquiry, readerOf } from '../capture/enquiry.ts'
import type { Source } from '../capture/source.ts'
import type { Candidate } from './candidate.ts'
import { type Counters, fits, reservationsOf, tallyOf } from './caps.ts'
import type { Reason } from './reasons.ts'

/** How the willing are ordered, and how many may have the lead. */
export type Choosing = {
  stage: 'match' | 'lead'
  enquiry: Enquiry
  counters: Counters
  method: Source['method']
  /** How many schools may have the lead, and how many have it already. */
  maxSales: number
  soldTo: number
  /** Breaks ties: the id of the lead, or for a match what stands for it. */
  seed: string
}
type Ranked = { candidate: Candidate; rank: number }
export type Chosen = Ranked & ({ priceCents: number; exclusive?: true } | { reason: Reason })

/**
 * Walks the willing from the best down. An exclusive campaign at the top takes the lead alone; further down it takes
 * none. A hybrid at the top takes it alone where that brings no less than sharing would.
 */
export function choose(willing: readonly Candidate[], choosing: Choosing): Chosen[] {
  const ranked = inOrder(willing, choosing).map(withRank)
  const [first, ...others] = ranked
  if (!first) return []
  const shared = share(ranked, choosing)
  const priceCents = priceAlone(first.candidate, shared, choosing)
  if (priceCents === undefined) return shared
  return [
    { ...first, priceCents, exclusive: true },
    ...others.map((other) => ({ ...other, reason: 'OUTRANKED' }) as const),
  ]
}

/** A match names whoever is willing, each school once. Who has the lead alone is settled when the lead is there. */
export function nameEach(inOrder: readonly Candidate[], { maxSales }: Pick<Choosing, 'maxSales'>): Chosen[] {
  const named: string[] = []
  return inOrder.map(withRank).map((one) => {
    const { campaign, school } = one.candidate
    if (named.includes(school.id)) return { ...one, reason: 'OUTRANKED' }
    if (named.length >= maxSales) return { ...one, reason: 'MAX_SALES_REACHED' }
    named.push(school.id)
    return { ...one, priceCents: campaign.priceCents }
  })
}

function share(ranked: readonly Ranked[], { maxSales, soldTo }: Choosing): Chosen[] {
  const takers: Candidate[] = []
  return ranked.map((one) => {
    const { campaign, school } = one.candidate
    if (campaign.sharing === 'exclusive' || takers.some((taker) => taker.school.id === school.id))
      return { ...one, reason: 'OUTRANKED' }
    const sold = soldTo + takers.length
    if (sold >= maxSales || [...takers, one.candidate].some((taker) => sold > mostOthers(taker)))
      return { ...one, reason: 'MAX_SALES_REACHED' }
    takers.push(one.candidate)
    return { ...one, priceCents: campaign.priceCents }
  })
}

function mostOthers({ campaign }: Candidate): number {
  return campaign.shareWith ?? Number.POSITIVE_INFINITY
}

/** What the first pays to be alone; nothing where it shares, or where others have the lead already. */
function priceAlone({ campaign, school }: Candidate, shared: readonly Chosen[], choosing: Choosing) {
  const { enquiry, counters, maxSales, soldTo } = choosing
  if (soldTo > 0 || maxSales < 1) return undefined
  if (campaign.sharing === 'exclusive') return campaign.priceCents
  if (campaign.sharing === 'shared') return undefined
  const price = Math.round(campaign.priceCents * campaign.exclusiveMultiplier)
  const sharing = shared.reduce((sum, one) => sum + ('priceCents' in one ? one.priceCents : 0), 0)
  const reservations = reservationsOf({ campaign, school }, enquiry.at, price, readerOf(enquiry))
  return price >= sharing && reservations.every((one) => fits(one, counters)) ? price : undefined
}

/** From the best down, by the method of the source. */
export function inOrder(willing: readonly Candidate[], { method, seed, counters }: Choosing): Candidate[] {
  const standing = {
    priority: ({ campaign }: Candidate) => campaign.priority,
    price: ({ campaign }: Candidate) => -campaign.priceCents,
    // Who has had the least of what its weight asks for comes first; by round robin all weigh the same.
    weight: ({ campaign }: Candidate) => tallyOf(campaign.id, counters) / campaign.weight,
    'round-robin': ({ campaign }: Candidate) => tallyOf(campaign.id, counters),
  }[method]
  return willing.toSorted(
    (a, b) =>
      standing(a) - standing(b) ||
      dice(seed, a.campaign.id) - dice(seed, b.campaign.id) ||
      (a.campaign.id < b.campaign.id ? -1 : 1),
  )
}

function withRank(candidate: Candidate, index: number): Ranked {
  return { candidate, rank: index + 1 }
}

/** A number in [0, 1) that depends on nothing but seed and campaign, so that ties fall the same way again. */
function dice(seed: string, campaignId: string): number {
  return createHash('sha256').update(`${seed}:${campaignId}`).digest().readUIntBE(0, 6) / 2 ** 48
}
