import { isDeepStrictEqual } from 'node:util'
import type { Candidate } from '#shared/domain/routing/candidate.ts'
import { type Inputs, storedInputs } from '#shared/domain/routing/decide.ts'
import { type Decision, decision } from '#shared/domain/routing/decision.ts'
import { reasons } from '#shared/domain/routing/reasons.ts'
import * as wrong from './decide-wrongly.ts'
import { campaignOf, type Promised, same } from './promised.ts'
import { sellingPromises } from './selling-promises.ts'

export const promises: readonly Promised[] = [
  {
    name: 'gives each candidate one verdict',
    holds: (decideSo, inputs) => {
      const told = decideSo(inputs).verdicts.map(({ campaignId }) => campaignId)
      return same(told.toSorted(), inputs.candidates.map(({ campaign }) => campaign.id).toSorted())
    },
    broken: () => wrong.forgetsRefusals,
  },
  {
    name: 'says why not of each that it passes over, in words, and of no other',
    holds: (decideSo, inputs) =>
      decideSo(inputs).verdicts.every(
        (one) => (one.reason === undefined) === one.selected && !one.detail === one.selected,
      ),
    broken: () => wrong.keepsReasonsToItself,
  },
  {
    name: 'minds no order of candidates',
    holds: (decideSo, inputs) => {
      const { candidates } = inputs
      const orders = [candidates.toReversed(), [...candidates.slice(2), ...candidates.slice(0, 2)]]
      return orders.every((order) => same(decideSo({ ...inputs, candidates: order }), decideSo(inputs)))
    },
    broken: () => wrong.firstComeFirstServed,
  },
  {
    name: 'ranks those that would take the lead from 1, by the method of the source',
    holds: (decideSo, inputs) => {
      const ranked = decideSo(inputs).verdicts.filter(({ rank }) => rank !== undefined)
      const inOrder = ranked.toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
      const fallbacks = inOrder.filter(({ campaignId }) => campaignOf(campaignId, inputs)?.fallback)
      return (
        inOrder.every(({ rank }, at) => rank === at + 1) &&
        [inOrder.filter((one) => !fallbacks.includes(one))].every((some) => isSorted(some, inputs))
      )
    },
    broken: () => wrong.ranksByNothing,
  },
  {
    name: 'gives all others the same verdict when a campaign that is refused is added',
    holds: (decideSo, inputs) => {
      const { verdicts } = decideSo(inputs)
      const standIns = inputs.candidates.filter((one) => namesStandIn(one)).map(({ campaign }) => campaign.id)
      const refused = verdicts.filter(({ campaignId, rank }) => rank === undefined && !standIns.includes(campaignId))
      return refused.every((without) => {
        const candidates = inputs.candidates.filter(({ campaign }) => campaign.id !== without.campaignId)
        return same(
          decideSo({ ...inputs, candidates }).verdicts,
          verdicts.filter((one) => one !== without),
        )
      })
    },
    broken: () => wrong.seedsByCrowd,
  },
  {
    name: 'gives the same bytes for the same inputs, also as they are stored and read back',
    holds: (decideSo, inputs) => {
      const stored = storedInputs.parse(JSON.parse(JSON.stringify({ namedSchoolIds: everySchool(inputs), ...inputs })))
      return same(decideSo(stored), decideSo(inputs))
    },
    broken: wrong.rollsDice,
  },
  {
    name: 'says only what a decision may hold',
    holds: (decideSo, inputs) => {
      const made = decideSo(inputs)
      return (
        isDeepStrictEqual(decision.parse(made), made) &&
        made.verdicts.every(({ reason }) => !reason || reason in reasons)
      )
    },
    broken: () => wrong.ranksFromNought,
  },
  ...sellingPromises,
]

function isSorted(verdicts: Decision['verdicts'], inputs: Inputs): boolean {
  const standing = verdicts.map(({ campaignId }) => standingOf(campaignId, inputs))
  return standing.every((one, at) => at === 0 || (standing[at - 1] ?? 0) <= one)
}

function standingOf(campaignId: string, inputs: Inputs): number {
  const { priority = 0, priceCents = 0, weight = 1 } = campaignOf(campaignId, inputs) ?? {}
  const turns = inputs.counters[`campaigns#${campaignId}`]?.tally ?? 0
  return { priority, price: -priceCents, weight: turns / weight, 'round-robin': turns }[inputs.method]
}

function namesStandIn({ campaign, school }: Candidate): boolean {
  return [...campaign.caps, ...school.caps].some(({ onReached }) => typeof onReached === 'object')
}

function everySchool({ candidates }: Inputs): string[] {
  return candidates.map(({ school }) => school.id)
}
