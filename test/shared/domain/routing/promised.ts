import type { Candidate } from '#shared/domain/routing/candidate.ts'
import type { decide, Inputs } from '#shared/domain/routing/decide.ts'

export type Decide = typeof decide
export type Promised = {
  /** What `decide` promises of all inputs. */
  name: string
  holds: (decideSo: Decide, inputs: Inputs) => boolean
  /** A `decide` that breaks the promise: the check must see it. */
  broken: () => Decide
}

export function takersIn(decideSo: Decide, inputs: Inputs): Candidate[] {
  const { verdicts } = decideSo(inputs)
  const taking = new Set(verdicts.filter(({ selected }) => selected).map(({ campaignId }) => campaignId))
  return inputs.candidates.filter(({ campaign }) => taking.has(campaign.id))
}

export function campaignOf(campaignId: string, { candidates }: Inputs) {
  return candidates.find(({ campaign }) => campaign.id === campaignId)?.campaign
}

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
