import type { Candidate } from '#shared/domain/candidate.ts'
import { type Counters, reservationsOf } from '#shared/domain/caps.ts'
import type { Circumstances } from '#shared/domain/checks.ts'
import type { Question } from '#shared/domain/decide.ts'
import type { Decision } from '#shared/domain/decision.ts'
import type { Enquiry } from '#shared/domain/enquiry.ts'
import { anEnquiry } from './lead.ts'

/** Circumstances in which nothing stands in the way of a lead. */
export function circumstances({
  enquiry,
  ...given
}: Partial<Omit<Circumstances, 'enquiry'>> & { enquiry?: Partial<Enquiry> } = {}): Circumstances {
  return { enquiry: anEnquiry(enquiry), stage: 'lead', duplicateSchoolIds: [], counters: {}, ...given }
}

export function aQuestion({
  enquiry,
  ...given
}: Partial<Omit<Question, 'enquiry'>> & { enquiry?: Partial<Enquiry> } = {}): Question {
  return {
    ...circumstances(enquiry ? { enquiry } : {}),
    candidates: [],
    maxSales: 5,
    method: 'priority',
    seed: 'lead_4fJ0q2mXbW7cT1nZ8yKd5A',
    ...given,
  }
}

/** Counters in which each cap of a candidate holds that much, as if leads had been taken before. */
export function countersOf(candidates: readonly Candidate[], at: string, used: (limit: number) => number): Counters {
  return Object.fromEntries(
    candidates.map(({ campaign, school }) => [
      campaign.id,
      Object.fromEntries(
        reservationsOf(campaign, at, school.timeZone).map(({ counter, limit }) => [counter, used(limit)]),
      ),
    ]),
  )
}

export function selected({ verdicts }: Decision): string[] {
  return verdicts.filter((verdict) => verdict.selected).map(({ campaignId }) => campaignId)
}

/** Reason codes by campaign; nothing stands for those that were selected. */
export function reasonsIn({ verdicts }: Decision): { [campaignId: string]: string | undefined } {
  return Object.fromEntries(verdicts.map(({ campaignId, reason }) => [campaignId, reason]))
}
