import type * as z from 'zod'
import type { readOverview } from '#shared/contract/reporting/overview.ts'
import { deliveryTimeBounds } from '#shared/domain/reporting/overview.ts'

/** From the ground up, as the chart shows them. */
export const outcomes = ['accepted', 'unmatched', 'duplicate'] as const
type Outcome = (typeof outcomes)[number]
type Page = z.output<(typeof readOverview.responses)[200]['body']>
/** What came in one hour of a day (UTC). */
export type Hour = Page['hours'][number]
export type Day = Pick<Page, 'deliveries' | 'timeToDelivery' | 'hours'>

export const emptyDay: Day = {
  hours: Array.from({ length: 24 }, (_, hour) => ({ hour, accepted: 0, unmatched: 0, duplicate: 0, test: 0 })),
  deliveries: {},
  timeToDelivery: Array.from({ length: deliveryTimeBounds.length + 1 }, () => 0),
}

/** A day comes in pages, each of which counts other leads and deliveries. */
export function addPage(day: Day, page: Day): Day {
  const deliveries = { ...day.deliveries }
  for (const [state, count] of entriesOf(page.deliveries)) deliveries[state] = (deliveries[state] ?? 0) + count
  return {
    hours: day.hours.map((hour) => page.hours.filter((more) => more.hour === hour.hour).reduce(addHour, hour)),
    deliveries,
    timeToDelivery: day.timeToDelivery.map((count, at) => count + (page.timeToDelivery[at] ?? 0)),
  }
}

function addHour(one: Hour, other: Hour): Hour {
  return {
    hour: one.hour,
    accepted: one.accepted + other.accepted,
    unmatched: one.unmatched + other.unmatched,
    duplicate: one.duplicate + other.duplicate,
    test: one.test + other.test,
  }
}

function entriesOf(deliveries: Day['deliveries']): [state: keyof Day['deliveries'], count: number][] {
  return (['pending', 'leased', 'delivered', 'rejected', 'parked', 'dead', 'erased'] as const).map((state) => [
    state,
    deliveries[state] ?? 0,
  ])
}

export function totalOf(hour: Pick<Hour, Outcome>): number {
  return outcomes.reduce((sum, outcome) => sum + hour[outcome], 0)
}

export function sumOf({ hours }: Day, what: Outcome | 'test'): number {
  return hours.reduce((sum, hour) => sum + hour[what], 0)
}
