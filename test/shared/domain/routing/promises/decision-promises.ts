import { isDeepStrictEqual } from 'node:util'
import type { Candidate } from '#shared/domain/routing/candidate.ts'
import { type DecisionInputs, storedInputs } from '#shared/domain/routing/decide.ts'
import { type Decision, decision } from '#shared/domain/routing/decision.ts'
import { reasons } from '#shared/domain/routing/reasons.ts'
import { type DecisionPromise, findCampaign, isSame } from './decision-promise.ts'
import { sellingPromises } from './selling-promises.ts'
import * as wrong from './wrong-decisions.ts'

export const promises: readonly DecisionPromise[] = [
  {
    name: 'gives each candidate one verdict',
    holds: (decideUnderTest, inputs) => {
      const verdictCampaignIds = decideUnderTest(inputs).verdicts.map(({ campaignId }) => campaignId)
      return isSame(verdictCampaignIds.toSorted(), inputs.candidates.map(({ campaign }) => campaign.id).toSorted())
    },
    broken: () => wrong.omitsRefusals,
  },
  {
    name: 'gives a reason and a sentence for each refusal, and none for a selection',
    holds: (decideUnderTest, inputs) =>
      decideUnderTest(inputs).verdicts.every(
        (one) => (one.reason === undefined) === one.selected && !one.detail === one.selected,
      ),
    broken: () => wrong.omitsReasons,
  },
  {
    name: 'does not depend on the order of candidates',
    holds: (decideUnderTest, inputs) => {
      const { candidates } = inputs
      const orders = [candidates.toReversed(), [...candidates.slice(2), ...candidates.slice(0, 2)]]
      return orders.every((order) => isSame(decideUnderTest({ ...inputs, candidates: order }), decideUnderTest(inputs)))
    },
    broken: () => wrong.keepsInputOrder,
  },
  {
    name: 'ranks eligible campaigns from 1, by the method of the source',
    holds: (decideUnderTest, inputs) => {
      const ranked = decideUnderTest(inputs).verdicts.filter(({ rank }) => rank !== undefined)
      const inOrder = ranked.toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
      const fallbacks = inOrder.filter(({ campaignId }) => findCampaign(campaignId, inputs)?.fallback)
      return (
        inOrder.every(({ rank }, at) => rank === at + 1) &&
        [inOrder.filter((one) => !fallbacks.includes(one))].every((some) => isSorted(some, inputs))
      )
    },
    broken: () => wrong.ignoresMethod,
  },
  {
    name: 'keeps the other verdicts when a refused campaign is added',
    holds: (decideUnderTest, inputs) => {
      const { verdicts } = decideUnderTest(inputs)
      const campaignIdsWithFallback = inputs.candidates
        .filter((one) => hasFallback(one))
        .map(({ campaign }) => campaign.id)
      const refusedVerdicts = verdicts.filter(
        ({ campaignId, rank }) => rank === undefined && !campaignIdsWithFallback.includes(campaignId),
      )
      return refusedVerdicts.every((refusedVerdict) => {
        const candidates = inputs.candidates.filter(({ campaign }) => campaign.id !== refusedVerdict.campaignId)
        return isSame(
          decideUnderTest({ ...inputs, candidates }).verdicts,
          verdicts.filter((one) => one !== refusedVerdict),
        )
      })
    },
    broken: () => wrong.seedsByCandidateCount,
  },
  {
    name: 'gives the same bytes for the same inputs, also after they were stored',
    holds: (decideUnderTest, inputs) => {
      const parsedInputs = storedInputs.parse(
        JSON.parse(JSON.stringify({ namedSchoolIds: everySchool(inputs), ...inputs })),
      )
      return isSame(decideUnderTest(parsedInputs), decideUnderTest(inputs))
    },
    broken: wrong.decidesRandomly,
  },
  {
    name: 'returns a valid decision',
    holds: (decideUnderTest, inputs) => {
      const newDecision = decideUnderTest(inputs)
      return (
        isDeepStrictEqual(decision.parse(newDecision), newDecision) &&
        newDecision.verdicts.every(({ reason }) => !reason || reason in reasons)
      )
    },
    broken: () => wrong.ranksFromZero,
  },
  ...sellingPromises,
]

function isSorted(verdicts: Decision['verdicts'], inputs: DecisionInputs): boolean {
  const sortKeys = verdicts.map(({ campaignId }) => getSortKey(campaignId, inputs))
  return sortKeys.every((one, at) => at === 0 || (sortKeys[at - 1] ?? 0) <= one)
}

function getSortKey(campaignId: string, inputs: DecisionInputs): number {
  const { priority = 0, priceCents = 0, weight = 1 } = findCampaign(campaignId, inputs) ?? {}
  const turns = inputs.counters[`campaigns#${campaignId}`]?.tally ?? 0
  return { priority, price: -priceCents, weight: turns / weight, 'round-robin': turns }[inputs.method]
}

function hasFallback({ campaign, school }: Candidate): boolean {
  return [...campaign.caps, ...school.caps].some(({ onReached }) => typeof onReached === 'object')
}

function everySchool({ candidates }: DecisionInputs): string[] {
  return candidates.map(({ school }) => school.id)
}
