import type * as z from 'zod'
import type { readOverview } from '#shared/contract/reporting/overview.ts'
import { deliveryTimeBounds } from '#shared/domain/reporting/delivery-times.ts'

/** In the order in which the chart stacks them, from the bottom. */
export const outcomes = ['accepted', 'unmatched', 'duplicate'] as const
type Outcome = (typeof outcomes)[number]
type OverviewBody = z.output<(typeof readOverview.responses)[200]['body']>
/** The leads received in one hour of a day (UTC). */
export type HourCounts = OverviewBody['hours'][number]
export type DayCounts = Pick<OverviewBody, 'deliveries' | 'timeToDelivery' | 'hours'>

export const emptyDay: DayCounts = {
  hours: Array.from({ length: 24 }, (_, hour) => ({ hour, accepted: 0, unmatched: 0, duplicate: 0, test: 0 })),
  deliveries: {},
  timeToDelivery: Array.from({ length: deliveryTimeBounds.length + 1 }, () => 0),
}

/** Adds a page of a day. Each page counts different leads and deliveries. */
export function addDayPage(day: DayCounts, page: DayCounts): DayCounts {
  const deliveries = { ...day.deliveries }
  for (const [state, count] of listStateCounts(page.deliveries)) deliveries[state] = (deliveries[state] ?? 0) + count
  return {
    hours: day.hours.map((hour) => page.hours.filter((more) => more.hour === hour.hour).reduce(addHour, hour)),
    deliveries,
    timeToDelivery: day.timeToDelivery.map((count, index) => count + (page.timeToDelivery[index] ?? 0)),
  }
}

function addHour(one: HourCounts, other: HourCounts): HourCounts {
  return {
    hour: one.hour,
    accepted: one.accepted + other.accepted,
    unmatched: one.unmatched + other.unmatched,
    duplicate: one.duplicate + other.duplicate,
    test: one.test + other.test,
  }
}

function listStateCounts(deliveries: DayCounts['deliveries']): [state: keyof DayCounts['deliveries'], count: number][] {
  return (['pending', 'leased', 'delivered', 'rejected', 'parked', 'dead', 'erased'] as const).map((state) => [
    state,
    deliveries[state] ?? 0,
  ])
}

export function sumHour(hour: Pick<HourCounts, Outcome>): number {
  return outcomes.reduce((sum, outcome) => sum + hour[outcome], 0)
}

export function sumDay({ hours }: DayCounts, outcome: Outcome | 'test'): number {
  return hours.reduce((sum, hour) => sum + hour[outcome], 0)
}
