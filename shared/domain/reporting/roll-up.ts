import type { DispositionWord } from '../aftercare/disposition.ts'
import type { LeadReturn } from '../aftercare/lead-return.ts'
import type { Lead } from '../capture/lead.ts'
import type { DeliveryState } from '../delivery/delivery.ts'
import { countDeliveries } from './delivery-times.ts'
import {
  type DeliveryFigures,
  dispositionOrder,
  emptyDeliveryFigures,
  type Figures,
  type RollUpFigures,
  sortById,
} from './figures.ts'

/** A lead with its deliveries. `decisions` is how many decisions it has. */
export type LeadWithDeliveries = Pick<Lead, 'sourceId' | 'outcome' | 'test'> & {
  careerSlug?: string | undefined
  state?: string | undefined
  decisions: number
  deliveries: readonly RollUpDelivery[]
}
/** A delivery with the dispositions and the return that its school reported, in any order. */
export type RollUpDelivery = {
  /** The owner name of the school: see `toOwnerName`. */
  schoolId: string
  /** The owner name of the campaign. */
  campaignId?: string | undefined
  programId?: string | undefined
  state: DeliveryState
  createdAt: string
  deliveredAt?: string | undefined
  priceCents: number
  payoutCents?: number | undefined
  payoutOn?: 'accepted' | undefined
  dispositions: readonly DispositionWord[]
  leadReturn?: Pick<LeadReturn, 'state' | 'creditCents'> | undefined
}

/** Counts the leads of one day with everything that happened to them. Test leads are excluded. */
export function rollUp(leads: readonly LeadWithDeliveries[]): RollUpFigures {
  const real = leads.filter(({ test }) => !test)
  const bySource = [...Map.groupBy(real, ({ sourceId }) => sourceId)]
  const deliveries = listDeliveries(real)
  const bySchool = [...Map.groupBy(deliveries, ({ schoolId }) => schoolId)]
  return {
    whole: countFigures(real),
    schools: sortById(bySchool.map(([id, ofSchool]) => ({ id, ...countDeliveryFigures(ofSchool) }))),
    sources: sortById(bySource.map(([id, sourceLeads]) => ({ id, ...countFigures(sourceLeads) }))),
    groups: {
      campaigns: countGroup(deliveries, ({ campaignId }) => campaignId, countDeliveryFigures),
      programs: countGroup(deliveries, ({ programId }) => programId, countDeliveryFigures),
      careers: countGroup(real, ({ careerSlug }) => careerSlug, countFigures),
      states: countGroup(real, ({ state }) => state, countFigures),
    },
  }
}

/** Rows that do not say their group, because the data of their person were deleted, are in the total only. */
function countGroup<Row, Counted>(
  rows: readonly Row[],
  getGroup: (row: Row) => string | undefined,
  count: (rows: readonly Row[]) => Counted,
): (Counted & { id: string })[] {
  const groups = Map.groupBy(rows, getGroup)
  return sortById([...groups].flatMap(([id, ofGroup]) => (id === undefined ? [] : [{ id, ...count(ofGroup) }])))
}

function countFigures(leads: readonly LeadWithDeliveries[]): Figures {
  const count = (matches: (lead: LeadWithDeliveries) => boolean) => leads.filter(matches).length
  return {
    leads: {
      received: leads.length,
      accepted: count(({ outcome }) => outcome === 'accepted'),
      unmatched: count(({ outcome }) => outcome === 'unmatched'),
      duplicate: count(({ outcome }) => outcome === 'duplicate'),
      quarantined: count(({ outcome, decisions }) => outcome === 'unmatched' && decisions === 0),
    },
    ...countDeliveryFigures(listDeliveries(leads)),
  }
}

/** Counts deliveries with what became of them. */
export function countDeliveryFigures(rows: readonly RollUpDelivery[]): DeliveryFigures {
  const { deliveries, timeToDelivery } = countDeliveries(rows)
  const arrivedRows = rows.filter(({ deliveredAt }) => deliveredAt !== undefined)
  const furthestDispositions = arrivedRows.flatMap(
    ({ dispositions }) => dispositionOrder.findLast((word) => dispositions.includes(word)) ?? [],
  )
  const returns = rows.flatMap(({ leadReturn }) => leadReturn ?? [])
  const credited = returns.filter(({ state }) => state === 'accepted')
  return {
    deliveries: { created: rows.length, delivered: arrivedRows.length },
    states: { ...emptyDeliveryFigures.states, ...deliveries },
    timeToDelivery,
    furthest: { ...emptyDeliveryFigures.furthest, ...tally(furthestDispositions) },
    returns: { ...emptyDeliveryFigures.returns, ...tally(returns.map(({ state }) => state)) },
    soldCents: sum(arrivedRows.map(({ priceCents }) => priceCents)),
    returnedCents: sum(credited.map(({ creditCents }) => creditCents)),
    payoutCents: sum(rows.map(computeEarnedCents)),
  }
}

/** What a delivery has earned its source: nothing if it did not arrive, or if a return was accepted. */
function computeEarnedCents({ payoutCents = 0, payoutOn, deliveredAt, leadReturn }: RollUpDelivery): number {
  const isEarned = payoutOn === 'accepted' || deliveredAt !== undefined
  return isEarned && leadReturn?.state !== 'accepted' ? payoutCents : 0
}

function listDeliveries(leads: readonly LeadWithDeliveries[]): RollUpDelivery[] {
  return leads.flatMap(({ deliveries }) => [...deliveries])
}

function tally(words: readonly string[]): { [word: string]: number } {
  return Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]))
}

function sum(all: readonly number[]): number {
  return all.reduce((total, one) => total + one, 0)
}
