import { createHash } from 'node:crypto'
import type { Candidate } from './candidate.ts'
import { type Circumstances, check } from './checks.ts'
import type { Decision, Verdict } from './decision.ts'
import { type Reason, reasons } from './reasons.ts'
import type { Source } from './source.ts'

/** Raised whenever the same inputs may give another decision. */
export const rulesVersion = '2026-11-23'

export type Question = Circumstances & {
  candidates: readonly Candidate[]
  /** How many schools may receive the lead. */
  maxSales: number
  method: Source['method']
  /** Breaks ties: the id of the lead, or for a match what stands for it. */
  seed: string
}

/**
 * Decides which campaigns get a lead, and says of each candidate why or why not. Pure: the same question gives the
 * same decision, whatever the order of the candidates.
 */
export function decide(question: Question): Decision {
  const judged = question.candidates.map((candidate) => ({ candidate, result: check(candidate, question) }))
  const willing = judged
    .flatMap(({ candidate, result }) => ('programs' in result ? [{ ...candidate, programs: result.programs }] : []))
    .sort(inOrder(question))
  const refused = judged.flatMap(({ candidate, result }) =>
    'reason' in result ? [verdictOf(candidate, { selected: false, ...result })] : [],
  )
  return {
    rulesVersion,
    decidedAt: question.enquiry.at,
    seed: question.seed,
    verdicts: [...choose(willing, question.maxSales), ...refused.sort(byCampaign)],
  }
}

/** Walks the willing from the best down. An exclusive campaign at the top takes the lead alone; further down it takes none. */
function choose(willing: readonly Candidate[], maxSales: number): Verdict[] {
  const takers: Candidate[] = []
  return willing.map((candidate, index) => {
    const rank = index + 1
    const reason = whyPassedOver(candidate, takers, maxSales)
    const program = best(candidate)
    if (reason) return verdictOf(candidate, { selected: false, rank, ...program, reason, detail: reasons[reason] })
    takers.push(candidate)
    return verdictOf(candidate, { selected: true, rank, ...program })
  })
}

function whyPassedOver(
  { campaign, school }: Candidate,
  takers: readonly Candidate[],
  maxSales: number,
): Reason | undefined {
  const first = takers[0]
  if (!first) return undefined
  if (first.campaign.sharing === 'exclusive' || campaign.sharing === 'exclusive') return 'OUTRANKED'
  if (takers.some((taker) => taker.school.id === school.id)) return 'OUTRANKED'
  return takers.length >= maxSales ? 'MAX_SALES_REACHED' : undefined
}

function inOrder({ method, seed }: Question): (a: Candidate, b: Candidate) => number {
  const standing = (candidate: Candidate) => ({
    priority: candidate.campaign.priority,
    price: -candidate.campaign.priceCents,
    // Efraimidis and Spirakis: the chance to come first is in proportion to the weight.
    weight: -(chance(seed, candidate.campaign.id) ** (1 / candidate.campaign.weight)),
  })
  return (a, b) =>
    standing(a)[method] - standing(b)[method] ||
    chance(seed, a.campaign.id) - chance(seed, b.campaign.id) ||
    byId(a.campaign.id, b.campaign.id)
}

/** A number in [0, 1) that depends on nothing but seed and campaign, so that ties fall the same way again. */
function chance(seed: string, campaignId: string): number {
  return createHash('sha256').update(`${seed}:${campaignId}`).digest().readUIntBE(0, 6) / 2 ** 48
}

function best({ programs }: Candidate): { programId?: string } {
  const [first] = programs.toSorted((a, b) => a.rank - b.rank || byId(a.id, b.id))
  return first ? { programId: first.id } : {}
}

function verdictOf(candidate: Candidate, told: Omit<Verdict, 'campaignId' | 'schoolId'>): Verdict {
  return { campaignId: candidate.campaign.id, schoolId: candidate.school.id, ...told }
}

function byCampaign(a: Verdict, b: Verdict): number {
  return byId(a.campaignId, b.campaignId)
}

function byId(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
