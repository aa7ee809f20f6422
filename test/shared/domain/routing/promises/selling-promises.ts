import { createProfileReader } from '#shared/domain/capture/lead-profile.ts'
import { buildReservations, canPark, isWithinLimit } from '#shared/domain/routing/caps.ts'
import type { DecisionInputs } from '#shared/domain/routing/decide.ts'
import { evaluateRule } from '#shared/domain/routing/rules.ts'
import { type DecisionPromise, findBuyers, findCampaign } from './decision-promise.ts'
import * as wrong from './wrong-decisions.ts'

export const sellingPromises: readonly DecisionPromise[] = [
  {
    name: 'sells a lead to no one else if it is sold exclusively',
    holds: (decideUnderTest, inputs) => {
      if (inputs.stage === 'match') return true
      const alone = decideUnderTest(inputs).verdicts.filter(({ exclusive }) => exclusive)
      const buyers = findBuyers(decideUnderTest, inputs)
      const bought = buyers.filter(({ campaign }) => campaign.sharing === 'exclusive').length
      const others = buyers.length - 1 + inputs.soldTo
      return alone.length + bought === 0 || (others === 0 && alone.length === 1)
    },
    broken: () => wrong.ignoresExclusive,
  },
  {
    name: 'sells a lead to no more schools than the source allows',
    holds: (decideUnderTest, { soldTo, ...inputs }) => {
      const buyerCount = findBuyers(decideUnderTest, { ...inputs, soldTo }).length
      return buyerCount === 0 || buyerCount + (inputs.stage === 'lead' ? soldTo : 0) <= inputs.maxSales
    },
    broken: () => wrong.sellsToAll,
  },
  {
    name: 'shares a lead with no more schools than each buyer allows',
    holds: (decideUnderTest, inputs) => {
      const buyers = findBuyers(decideUnderTest, inputs)
      const others = buyers.length - 1 + inputs.soldTo
      return inputs.stage === 'match' || buyers.every(({ campaign }) => others <= (campaign.shareWith ?? others))
    },
    broken: () => wrong.sharesWithAll,
  },
  {
    name: 'sells to a fallback campaign only if no other campaign buys or it replaces a full one',
    holds: (decideUnderTest, inputs) => {
      const buyers = findBuyers(decideUnderTest, inputs)
      const fallbackIds = listCaps(inputs).flatMap(({ onReached }) =>
        typeof onReached === 'object' ? onReached.fallback : [],
      )
      const asLast = buyers.filter(({ campaign }) => campaign.fallback && !fallbackIds.includes(campaign.id)).length
      return inputs.stage === 'match' || asLast === 0 || (asLast === buyers.length && inputs.soldTo === 0)
    },
    broken: () => wrong.ignoresFallback,
  },
  {
    name: 'sells at the price of the campaign, or at the exclusive price of a hybrid',
    holds: (decideUnderTest, inputs) =>
      decideUnderTest(inputs).verdicts.every(({ selected, campaignId, priceCents, exclusive }) => {
        const campaign = findCampaign(campaignId, inputs)
        const times = exclusive && campaign?.sharing === 'hybrid' ? campaign.exclusiveMultiplier : 1
        return priceCents === (selected ? Math.round((campaign?.priceCents ?? 0) * times) : undefined)
      }),
    broken: () => wrong.sellsAtOnePrice,
  },
  {
    name: 'says when a reached cap ends, and parks only until then',
    holds: (decideUnderTest, inputs) =>
      decideUnderTest(inputs).verdicts.every(({ reason, until, parked }) => {
        const ends = reason?.startsWith('CAP_') && reason !== 'CAP_TOTAL' && reason !== 'CAP_SPEND'
        return (
          (!ends || until !== undefined) && (until === undefined || until > inputs.profile.at) && !(parked && !until)
        )
      }),
    broken: () => wrong.parksForever,
  },
  {
    name: 'sells no duplicate, no lead that its source may not send, and none that the school had',
    holds: (decideUnderTest, inputs) => {
      const buyers = findBuyers(decideUnderTest, inputs)
      const { sourceRules, duplicateOfSource, rejectedBy, duplicateSchoolIds } = inputs
      if (duplicateOfSource || (sourceRules && !evaluateRule(sourceRules, createProfileReader(inputs.profile)).holds))
        return buyers.length === 0
      return buyers.every(({ school }) => ![...rejectedBy, ...duplicateSchoolIds].includes(school.id))
    },
    broken: () => wrong.ignoresDuplicates,
  },
  {
    name: 'sells a lead to a school once',
    holds: (decideUnderTest, inputs) => {
      const schools = findBuyers(decideUnderTest, inputs).map(({ school }) => school.id)
      return new Set(schools).size === schools.length
    },
    broken: () => wrong.sellsTwiceToSchool,
  },
  {
    name: 'exceeds no cap of a campaign or school, in leads or in cents',
    holds: (decideUnderTest, inputs) =>
      decideUnderTest(inputs).verdicts.every(({ selected, campaignId, priceCents = 0 }) => {
        const buyer = selected && inputs.candidates.find(({ campaign }) => campaign.id === campaignId)
        if (!buyer) return true
        const { profile, counters, stage } = inputs
        const reservations = buildReservations(buyer, profile.at, priceCents, createProfileReader(profile))
        return reservations.every((one) => isWithinLimit(one, counters) || (stage === 'match' && canPark(one)))
      }),
    broken: () => wrong.ignoresCounters,
  },
  {
    name: 'sells no lead to a school that the consent did not name',
    holds: (decideUnderTest, inputs) =>
      findBuyers(decideUnderTest, inputs).every(({ school }) => inputs.namedSchoolIds?.includes(school.id) ?? true),
    broken: () => wrong.ignoresConsent,
  },
  {
    name: 'sells an unsold lead to the eligible campaign that ranks first, even if it is the only one',
    holds: (decideUnderTest, inputs) => {
      const willing = decideUnderTest(inputs).verdicts.filter(({ rank }) => rank !== undefined)
      const free = inputs.soldTo === 0 || inputs.stage === 'match'
      return !free || willing.length === 0 || willing.some(({ rank, selected }) => rank === 1 && selected)
    },
    broken: () => wrong.requiresTwoBuyers,
  },
]

function listCaps({ candidates }: DecisionInputs) {
  return candidates.flatMap(({ campaign, school }) => [...campaign.caps, ...school.caps])
}
