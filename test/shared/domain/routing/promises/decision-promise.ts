import type { Candidate } from '#shared/domain/routing/candidate.ts'
import type { DecisionInputs, decide } from '#shared/domain/routing/decide.ts'

export type Decide = typeof decide
export type DecisionPromise = {
  /** What `decide` does for all inputs. */
  name: string
  holds: (decideUnderTest: Decide, inputs: DecisionInputs) => boolean
  /** Returns a `decide` that breaks the promise: `holds` must detect it. */
  broken: () => Decide
}

export function findBuyers(decideUnderTest: Decide, inputs: DecisionInputs): Candidate[] {
  const { verdicts } = decideUnderTest(inputs)
  const selectedIds = new Set(verdicts.filter(({ selected }) => selected).map(({ campaignId }) => campaignId))
  return inputs.candidates.filter(({ campaign }) => selectedIds.has(campaign.id))
}

export function findCampaign(campaignId: string, { candidates }: DecisionInputs) {
  return candidates.find(({ campaign }) => campaign.id === campaignId)?.campaign
}

export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
