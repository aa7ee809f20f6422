import { readerOf } from '#shared/domain/capture/enquiry.ts'
import { fits, parks, reservationsOf } from '#shared/domain/routing/caps.ts'
import type { Inputs } from '#shared/domain/routing/decide.ts'
import { judge } from '#shared/domain/routing/rules.ts'
import * as wrong from './decide-wrongly.ts'
import { campaignOf, type Promised, takersIn } from './promised.ts'

export const sellingPromises: readonly Promised[] = [
  {
    name: 'lets an exclusive winner stand alone',
    holds: (decideSo, inputs) => {
      if (inputs.stage === 'match') return true
      const alone = decideSo(inputs).verdicts.filter(({ exclusive }) => exclusive)
      const takers = takersIn(decideSo, inputs)
      const bought = takers.filter(({ campaign }) => campaign.sharing === 'exclusive').length
      const others = takers.length - 1 + inputs.soldTo
      return alone.length + bought === 0 || (others === 0 && alone.length === 1)
    },
    broken: () => wrong.ignoresExclusive,
  },
  {
    name: 'sells a lead to no more schools than the source allows',
    holds: (decideSo, { soldTo, ...inputs }) => {
      const takers = takersIn(decideSo, { ...inputs, soldTo }).length
      return takers === 0 || takers + (inputs.stage === 'lead' ? soldTo : 0) <= inputs.maxSales
    },
    broken: () => wrong.sellsToAll,
  },
  {
    name: 'shares a lead with no more others than each of its takers allows',
    holds: (decideSo, inputs) => {
      const takers = takersIn(decideSo, inputs)
      const others = takers.length - 1 + inputs.soldTo
      return inputs.stage === 'match' || takers.every(({ campaign }) => others <= (campaign.shareWith ?? others))
    },
    broken: () => wrong.sharesWithAll,
  },
  {
    name: 'lets a fallback campaign take a lead only where no other does, or where it stands in for one',
    holds: (decideSo, inputs) => {
      const takers = takersIn(decideSo, inputs)
      const named = capsOf(inputs).flatMap(({ onReached }) => (typeof onReached === 'object' ? onReached.fallback : []))
      const asLast = takers.filter(({ campaign }) => campaign.fallback && !named.includes(campaign.id)).length
      return inputs.stage === 'match' || asLast === 0 || (asLast === takers.length && inputs.soldTo === 0)
    },
    broken: () => wrong.forgetsWhoIsLast,
  },
  {
    name: 'sells at the price of the campaign, or alone at the price of its hybrid',
    holds: (decideSo, inputs) =>
      decideSo(inputs).verdicts.every(({ selected, campaignId, priceCents, exclusive }) => {
        const campaign = campaignOf(campaignId, inputs)
        const times = exclusive && campaign?.sharing === 'hybrid' ? campaign.exclusiveMultiplier : 1
        return priceCents === (selected ? Math.round((campaign?.priceCents ?? 0) * times) : undefined)
      }),
    broken: () => wrong.sellsAtOnePrice,
  },
  {
    name: 'says until when a cap stands in the way, and parks only until then',
    holds: (decideSo, inputs) =>
      decideSo(inputs).verdicts.every(({ reason, until, parked }) => {
        const ends = reason?.startsWith('CAP_') && reason !== 'CAP_TOTAL' && reason !== 'CAP_SPEND'
        return (
          (!ends || until !== undefined) && (until === undefined || until > inputs.enquiry.at) && !(parked && !until)
        )
      }),
    broken: () => wrong.parksForever,
  },
  {
    name: 'has nobody take what is a duplicate, what its source may not send, or what the school has had',
    holds: (decideSo, inputs) => {
      const takers = takersIn(decideSo, inputs)
      const { sourceRules, duplicateOfSource, rejectedBy, duplicateSchoolIds } = inputs
      if (duplicateOfSource || (sourceRules && !judge(sourceRules, readerOf(inputs.enquiry)).holds))
        return takers.length === 0
      return takers.every(({ school }) => ![...rejectedBy, ...duplicateSchoolIds].includes(school.id))
    },
    broken: () => wrong.forgetsThePast,
  },
  {
    name: 'gives a lead to a school once',
    holds: (decideSo, inputs) => {
      const schools = takersIn(decideSo, inputs).map(({ school }) => school.id)
      return new Set(schools).size === schools.length
    },
    broken: () => wrong.takesCampaignsForSchools,
  },
  {
    name: 'sells nothing over a cap, of campaign or school, in leads or in money',
    holds: (decideSo, inputs) =>
      decideSo(inputs).verdicts.every(({ selected, campaignId, priceCents = 0 }) => {
        const taker = selected && inputs.candidates.find(({ campaign }) => campaign.id === campaignId)
        if (!taker) return true
        const { enquiry, counters, stage } = inputs
        const taken = reservationsOf(taker, enquiry.at, priceCents, readerOf(enquiry))
        return taken.every((one) => fits(one, counters) || (stage === 'match' && parks(one)))
      }),
    broken: () => wrong.forgetsCounters,
  },
  {
    name: 'gives no lead to a school that the consent did not name',
    holds: (decideSo, inputs) =>
      takersIn(decideSo, inputs).every(({ school }) => inputs.namedSchoolIds?.includes(school.id) ?? true),
    broken: () => wrong.forgetsConsent,
  },
  {
    name: 'gives a lead that nobody has yet to the best of those that would take it, also where there is only one',
    holds: (decideSo, inputs) => {
      const willing = decideSo(inputs).verdicts.filter(({ rank }) => rank !== undefined)
      const free = inputs.soldTo === 0 || inputs.stage === 'match'
      return !free || willing.length === 0 || willing.some(({ rank, selected }) => rank === 1 && selected)
    },
    broken: () => wrong.wantsTwoTakers,
  },
]

function capsOf({ candidates }: Inputs) {
  return candidates.flatMap(({ campaign, school }) => [...campaign.caps, ...school.caps])
}
