import { createProfileReader } from '#shared/domain/capture/lead-profile.ts'
import { buildReservations, canPark, isWithinLimit } from '#shared/domain/routing/caps.ts'
import type { DecisionInputs } from '#shared/domain/routing/decide.ts'
import { evaluateRule } from '#shared/domain/routing/rules.ts'
import { type DecisionPromise, findBuyers, findCampaign } from './decision-promise.ts'
import * as wrong from './wrong-decisions.ts'

export const sellingPromises: readonly DecisionPromise[] = [
  {
    name: 'lets an exclusive winner stand alone',
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
    name: 'shares a lead with no more others than each of its takers allows',
    holds: (decideUnderTest, inputs) => {
      const buyers = findBuyers(decideUnderTest, inputs)
      const others = buyers.length - 1 + inputs.soldTo
      return inputs.stage === 'match' || buyers.every(({ campaign }) => others <= (campaign.shareWith ?? others))
    },
    broken: () => wrong.sharesWithAll,
  },
  {
    name: 'lets a fallback campaign take a lead only where no other does, or where it stands in for one',
    holds: (decideUnderTest, inputs) => {
      const buyers = findBuyers(decideUnderTest, inputs)
      const fallbackIds = listCaps(inputs).flatMap(({ onReached }) =>
        typeof onReached === 'object' ? onReached.fallback : [],
      )
      const asLast = buyers.filter(({ campaign }) => campaign.fallback && !fallbackIds.includes(campaign.id)).length
      return inputs.stage === 'match' || asLast === 0 || (asLast === buyers.length && inputs.soldTo === 0)
    },
    broken: () => wrong.forgetsWhoIsLast,
  },
  {
    name: 'sells at the price of the campaign, or alone at the price of its hybrid',
    holds: (decideUnderTest, inputs) =>
      decideUnderTest(inputs).verdicts.every(({ selected, campaignId, priceCents, exclusive }) => {
        const campaign = findCampaign(campaignId, inputs)
        const times = exclusive && campaign?.sharing === 'hybrid' ? campaign.exclusiveMultiplier : 1
        return priceCents === (selected ? Math.round((campaign?.priceCents ?? 0) * times) : undefined)
      }),
    broken: () => wrong.sellsAtOnePrice,
  },
  {
    name: 'says until when a cap stands in the way, and parks only until then',
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
    name: 'has nobody take what is a duplicate, what its source may not send, or what the school has had',
    holds: (decideUnderTest, inputs) => {
      const buyers = findBuyers(decideUnderTest, inputs)
      const { sourceRules, duplicateOfSource, rejectedBy, duplicateSchoolIds } = inputs
      if (duplicateOfSource || (sourceRules && !evaluateRule(sourceRules, createProfileReader(inputs.profile)).holds))
        return buyers.length === 0
      return buyers.every(({ school }) => ![...rejectedBy, ...duplicateSchoolIds].includes(school.id))
    },
    broken: () => wrong.forgetsThePast,
  },
  {
    name: 'gives a lead to a school once',
    holds: (decideUnderTest, inputs) => {
      const schools = findBuyers(decideUnderTest, inputs).map(({ school }) => school.id)
      return new Set(schools).size === schools.length
    },
    broken: () => wrong.takesCampaignsForSchools,
  },
  {
    name: 'sells nothing over a cap, of campaign or school, in leads or in money',
    holds: (decideUnderTest, inputs) =>
      decideUnderTest(inputs).verdicts.every(({ selected, campaignId, priceCents = 0 }) => {
        const buyer = selected && inputs.candidates.find(({ campaign }) => campaign.id === campaignId)
        if (!buyer) return true
        const { profile, counters, stage } = inputs
        const reservations = buildReservations(buyer, profile.at, priceCents, createProfileReader(profile))
        return reservations.every((one) => isWithinLimit(one, counters) || (stage === 'match' && canPark(one)))
      }),
    broken: () => wrong.forgetsCounters,
  },
  {
    name: 'gives no lead to a school that the consent did not name',
    holds: (decideUnderTest, inputs) =>
      findBuyers(decideUnderTest, inputs).every(({ school }) => inputs.namedSchoolIds?.includes(school.id) ?? true),
    broken: () => wrong.forgetsConsent,
  },
  {
    name: 'gives a lead that nobody has yet to the best of those that would take it, also where there is only one',
    holds: (decideUnderTest, inputs) => {
      const willing = decideUnderTest(inputs).verdicts.filter(({ rank }) => rank !== undefined)
      const free = inputs.soldTo === 0 || inputs.stage === 'match'
      return !free || willing.length === 0 || willing.some(({ rank, selected }) => rank === 1 && selected)
    },
    broken: () => wrong.wantsTwoTakers,
  },
]

function listCaps({ candidates }: DecisionInputs) {
  return candidates.flatMap(({ campaign, school }) => [...campaign.caps, ...school.caps])
}
