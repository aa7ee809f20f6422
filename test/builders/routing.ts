import { type Enquiry, readerOf } from '#shared/domain/capture/enquiry.ts'
import type { Candidate } from '#shared/domain/routing/candidate.ts'
import { type Counters, isTallied, ownerOf, reservationsOf, tally } from '#shared/domain/routing/caps.ts'
import type { Circumstances } from '#shared/domain/routing/checks.ts'
import type { Inputs } from '#shared/domain/routing/decide.ts'
import type { Decision } from '#shared/domain/routing/decision.ts'
import { anEnquiry } from './lead.ts'

type With<Given extends { enquiry: Enquiry }> = Partial<Omit<Given, 'enquiry'>> & { enquiry?: Partial<Enquiry> }

/** Circumstances in which nothing stands in the way of a lead. */
export function circumstances({ enquiry, ...given }: With<Circumstances> = {}): Circumstances {
  return {
    enquiry: anEnquiry(enquiry),
    stage: 'lead',
    suppressed: false,
    rejectedBy: [],
    duplicateSchoolIds: [],
    duplicateOfSource: false,
    test: false,
    counters: {},
    ...given,
  }
}

/** Inputs of `decide` in which nothing stands in the way of a lead. */
export function inputs({ enquiry, ...given }: With<Inputs> = {}): Inputs {
  return {
    ...circumstances(enquiry ? { enquiry } : {}),
    candidates: [],
    maxSales: 5,
    soldTo: 0,
    method: 'priority',
    seed: 'lead_4fJ0q2mXbW7cT1nZ8yKd5A',
    ...given,
  }
}

/** Counters in which each cap that counts the enquiry holds that much, as if leads had been taken before. */
export function countersOf(candidates: readonly Candidate[], enquiry: Enquiry, used: (limit: number) => number) {
  const counters: Counters = {}
  for (const candidate of candidates)
    for (const { owner, counter, limit } of reservationsOf(candidate, enquiry.at, 0, readerOf(enquiry)))
      counters[owner] = { ...counters[owner], [counter]: used(limit) }
  return counters
}

/** What stands in counters once a decision was carried out: caps, and turns where they matter. */
export function counted({ verdicts }: Decision, { candidates, enquiry, counters, method }: Inputs): Counters {
  const after = structuredClone(counters)
  for (const { selected, campaignId, priceCents = 0 } of verdicts) {
    const taker = candidates.find(({ campaign }) => campaign.id === campaignId)
    if (!selected || !taker) continue
    const turns = isTallied(method) ? [{ owner: ownerOf('campaigns', campaignId), counter: tally, amount: 1 }] : []
    for (const { owner, counter, amount } of [
      ...reservationsOf(taker, enquiry.at, priceCents, readerOf(enquiry)),
      ...turns,
    ])
      after[owner] = { ...after[owner], [counter]: (after[owner]?.[counter] ?? 0) + amount }
  }
  return after
}

export function selected({ verdicts }: Decision): string[] {
  return verdicts.filter((verdict) => verdict.selected).map(({ campaignId }) => campaignId)
}

/** Reason codes by campaign; nothing stands for those that were selected. */
export function reasonsIn({ verdicts }: Decision): { [campaignId: string]: string | undefined } {
  return Object.fromEntries(verdicts.map(({ campaignId, reason }) => [campaignId, reason]))
}

export function verdictOn(campaignId: string, { verdicts }: Decision) {
  return verdicts.find((verdict) => verdict.campaignId === campaignId)
}
