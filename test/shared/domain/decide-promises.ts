import { isDeepStrictEqual } from 'node:util'
import type { Candidate } from '#shared/domain/candidate.ts'
import { fits, reservationsOf } from '#shared/domain/caps.ts'
import type { decide, Question } from '#shared/domain/decide.ts'
import { type Decision, decision } from '#shared/domain/decision.ts'
import { reasons } from '#shared/domain/reasons.ts'
import * as wrong from './decide-wrongly.ts'

type Decide = typeof decide
type Promised = {
  /** What `decide` promises of every question. */
  name: string
  holds: (decideSo: Decide, question: Question) => boolean
  /** A `decide` that breaks the promise: the check must see it. */
  broken: () => Decide
}

export const promises: readonly Promised[] = [
  {
    name: 'gives each candidate one verdict',
    holds: (decideSo, question) => {
      const told = decideSo(question).verdicts.map(({ campaignId }) => campaignId)
      return same(told.toSorted(), question.candidates.map(({ campaign }) => campaign.id).toSorted())
    },
    broken: () => wrong.forgetsRefusals,
  },
  {
    name: 'says why not of each that it passes over, in words, and of no other',
    holds: (decideSo, question) =>
      decideSo(question).verdicts.every(
        (one) => (one.reason === undefined) === one.selected && !one.detail === one.selected,
      ),
    broken: () => wrong.keepsReasonsToItself,
  },
  {
    name: 'minds no order of candidates',
    holds: (decideSo, question) => {
      const { candidates } = question
      const orders = [candidates.toReversed(), [...candidates.slice(2), ...candidates.slice(0, 2)]]
      return orders.every((order) => same(decideSo({ ...question, candidates: order }), decideSo(question)))
    },
    broken: () => wrong.firstComeFirstServed,
  },
  {
    name: 'lets an exclusive winner stand alone',
    holds: (decideSo, question) => {
      const takers = takersIn(decideSo, question)
      return takers.length < 2 || takers.every(({ campaign }) => campaign.sharing === 'shared')
    },
    broken: () => wrong.ignoresExclusive,
  },
  {
    name: 'sells a lead to no more schools than the source allows',
    holds: (decideSo, question) => takersIn(decideSo, question).length <= question.maxSales,
    broken: () => wrong.sellsToAll,
  },
  {
    name: 'gives a lead to a school once',
    holds: (decideSo, question) => {
      const schools = takersIn(decideSo, question).map(({ school }) => school.id)
      return new Set(schools).size === schools.length
    },
    broken: () => wrong.takesCampaignsForSchools,
  },
  {
    name: 'sells nothing over a cap',
    holds: (decideSo, question) =>
      takersIn(decideSo, question).every(({ campaign, school }) =>
        reservationsOf(campaign, question.enquiry.at, school.timeZone).every((one) => fits(one, question.counters)),
      ),
    broken: () => wrong.forgetsCounters,
  },
  {
    name: 'gives no lead to a school that the consent did not name',
    holds: (decideSo, question) =>
      takersIn(decideSo, question).every(({ school }) => question.namedSchoolIds?.includes(school.id) ?? true),
    broken: () => wrong.forgetsConsent,
  },
  {
    name: 'gives the lead to the best of those that would take it, also where there is only one',
    holds: (decideSo, question) => {
      const willing = decideSo(question).verdicts.filter(({ rank }) => rank !== undefined)
      return willing.length === 0 || willing.some(({ rank, selected }) => rank === 1 && selected)
    },
    broken: () => wrong.wantsTwoTakers,
  },
  {
    name: 'ranks those that would take the lead from 1, by the method of the source',
    holds: (decideSo, question) => {
      const ranked = decideSo(question).verdicts.filter(({ rank }) => rank !== undefined)
      const inOrder = ranked.toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
      const standing = inOrder.map(({ campaignId }) => standingOf(campaignId, question))
      return (
        inOrder.every(({ rank }, at) => rank === at + 1) &&
        standing.every((one, at) => at === 0 || (standing[at - 1] ?? 0) <= one)
      )
    },
    broken: () => wrong.ranksByNothing,
  },
  {
    name: 'gives all others the same verdict when a campaign that is refused is added',
    holds: (decideSo, question) => {
      const { verdicts } = decideSo(question)
      const refused = verdicts.filter(({ selected, rank }) => !selected && rank === undefined)
      return refused.every((without) => {
        const candidates = question.candidates.filter(({ campaign }) => campaign.id !== without.campaignId)
        return same(
          decideSo({ ...question, candidates }).verdicts,
          verdicts.filter((one) => one !== without),
        )
      })
    },
    broken: () => wrong.seedsByCrowd,
  },
  {
    name: 'gives the same bytes for the same question, also after a round trip through JSON',
    holds: (decideSo, question) => same(decideSo(JSON.parse(JSON.stringify(question))), decideSo(question)),
    broken: wrong.rollsDice,
  },
  {
    name: 'says only what a decision may hold',
    holds: (decideSo, question) => {
      const made = decideSo(question)
      return (
        isDeepStrictEqual(decision.parse(made), made) &&
        made.verdicts.every(({ reason }) => !reason || reason in reasons)
      )
    },
    broken: () => wrong.ranksFromNought,
  },
]

function takersIn(decideSo: Decide, question: Question): Candidate[] {
  const { verdicts }: Decision = decideSo(question)
  const taking = new Set(verdicts.filter(({ selected }) => selected).map(({ campaignId }) => campaignId))
  return question.candidates.filter(({ campaign }) => taking.has(campaign.id))
}

function standingOf(campaignId: string, { candidates, method }: Question): number {
  const campaign = candidates.find((one) => one.campaign.id === campaignId)?.campaign
  // Weights are chances: only many decisions together can show that they were kept.
  return { priority: campaign?.priority ?? 0, price: -(campaign?.priceCents ?? 0), weight: 0 }[method]
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
