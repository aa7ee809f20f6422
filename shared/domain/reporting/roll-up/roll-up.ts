import type { Disposition } from '../../aftercare/disposition.ts'
import type { LeadReturn } from '../../aftercare/lead-return.ts'
import type { Lead } from '../../capture/lead.ts'
import { isAdIdentifier } from '../../capture/privacy/privacy-signal.ts'
import type { DeliveryState } from '../../delivery/delivery.ts'
import { countDeliveries } from '../delivery-times.ts'
import { type DeliveryFigures, dispositionOrder, emptyDeliveryFigures, type Figures } from '../figures.ts'
import { type CellTable, createCellSums, type ReportCell, toCounts, toQuarter } from './cells.ts'
import { countCohort } from './cohorts.ts'

/** A lead with its deliveries. `decisions` is how many decisions it has. */
export type LeadWithDeliveries = Pick<Lead, 'receivedAt' | 'outcome' | 'test'> & {
  /** The owner name of the source: see `toOwnerName`. */
  sourceId: string
  careerSlug?: string | undefined
  state?: string | undefined
  subIds?: Lead['subIds']
  utm?: Lead['utm']
  decisions: number
  /** Reason codes of the refusals of its latest decision. */
  reasons?: readonly string[]
  deliveries: readonly RollUpDelivery[]
}
/** A delivery with the dispositions and the return that its school reported, in any order. */
export type RollUpDelivery = {
  /** The owner name of the school. */
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
  dispositions: readonly Pick<Disposition, 'disposition' | 'at'>[]
  leadReturn?: Pick<LeadReturn, 'state' | 'creditCents'> | undefined
}

/** Counts leads with everything that happened to them, by when they came and by what reports group. Test leads are excluded. */
export function rollUp(leads: readonly LeadWithDeliveries[]): ReportCell[] {
  const sums = createCellSums()
  for (const lead of leads) if (!lead.test) for (const cell of countLead(lead)) sums.add(cell)
  return sums.list()
}

/** What a lead adds. What it does not say, because the data of its person were deleted, it is not counted by. */
function countLead(lead: LeadWithDeliveries): ReportCell[] {
  const { sourceId, receivedAt, deliveries } = lead
  const quarter = toQuarter(receivedAt)
  const counts = toCounts(countFigures(lead))
  const places = listSourcePlaces(lead).map(
    ([table, value]): ReportCell => ({ table, owner: sourceId, value, quarter, counts }),
  )
  const ofSchools = deliveries.flatMap((delivery) => {
    const { schoolId: owner, dispositions, deliveredAt } = delivery
    const deliveryCounts = toCounts(countDeliveryFigures([delivery]))
    const toCell = ([table, value]: Place): ReportCell => ({ table, owner, value, quarter, counts: deliveryCounts })
    const cells = listSchoolPlaces(delivery, lead).map(toCell)
    if (deliveredAt === undefined) return cells
    const cohortCounts = countCohort(receivedAt, dispositions)
    return [...cells, { table: 'school-cohorts' as const, owner, value: '', quarter, counts: cohortCounts }]
  })
  return [...places, ...ofSchools]
}

type Place = readonly [table: CellTable, value: string]

function listSourcePlaces({ careerSlug, state, subIds = {}, utm = {}, reasons = [] }: LeadWithDeliveries): Place[] {
  const labels = Object.entries(subIds).filter(([name, value]) => value !== '' && !isAdIdentifier(name))
  return [
    ['sources', ''],
    ...toPlaces('source-careers', careerSlug),
    ...toPlaces('source-states', state),
    ...[...new Set(reasons)].flatMap((reason) => toPlaces('source-reasons', reason)),
    ...labels.flatMap(([name, value]) => toLabelPlaces('source-sub-ids', value, `${name}=`)),
    ...toLabelPlaces('source-utm-sources', utm.source),
    ...toLabelPlaces('source-utm-campaigns', utm.campaign),
  ]
}

function listSchoolPlaces(delivery: RollUpDelivery, { careerSlug, state, sourceId }: LeadWithDeliveries): Place[] {
  return [
    ['schools', ''],
    ...toPlaces('school-campaigns', delivery.campaignId),
    ...toPlaces('school-programs', delivery.programId),
    ...toPlaces('school-careers', careerSlug),
    ...toPlaces('school-states', state),
    ['school-sources', sourceId],
    ...(delivery.deliveredAt === undefined
      ? []
      : toPlaces('school-dispositions', findFurthest(delivery) ?? noDisposition)),
  ]
}

function toPlaces(table: CellTable, value: string | undefined): Place[] {
  return value === undefined || value === '' ? [] : [[table, value]]
}

/** A label in which a page put an email address is not counted by, because reports hold nothing of a person. */
function toLabelPlaces(table: CellTable, value = '', prefix = ''): Place[] {
  return value === '' || value.includes('@') ? [] : [[table, `${prefix}${value}`]]
}

/** The group of deliveries that arrived and of which their school has said nothing. */
export const noDisposition = 'none'

function countFigures({ outcome, decisions, deliveries }: LeadWithDeliveries): Figures {
  const count = (isCounted: boolean) => (isCounted ? 1 : 0)
  return {
    leads: {
      received: 1,
      accepted: count(outcome === 'accepted'),
      unmatched: count(outcome === 'unmatched'),
      duplicate: count(outcome === 'duplicate'),
      quarantined: count(outcome === 'unmatched' && decisions === 0),
    },
    ...countDeliveryFigures(deliveries),
  }
}

/** Counts deliveries with what became of them. */
export function countDeliveryFigures(rows: readonly RollUpDelivery[]): DeliveryFigures {
  const { deliveries, timeToDelivery } = countDeliveries(rows)
  const arrivedRows = rows.filter(({ deliveredAt }) => deliveredAt !== undefined)
  const furthestDispositions = arrivedRows.flatMap((row) => findFurthest(row) ?? [])
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

function findFurthest({ dispositions }: RollUpDelivery) {
  return dispositionOrder.findLast((word) => dispositions.some(({ disposition }) => disposition === word))
}

function tally(words: readonly string[]): { [word: string]: number } {
  return Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]))
}

function sum(all: readonly number[]): number {
  return all.reduce((total, one) => total + one, 0)
}
