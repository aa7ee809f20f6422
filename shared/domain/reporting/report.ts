import * as z from 'zod'
import { type DeliveryFigures, deliveryFigures, type Figures, figures, reportRates } from './figures.ts'
import { findPercentileSeconds } from './overview.ts'
import { computeRates } from './roll-up.ts'

const seconds = z.int().min(0).exactOptional()
const { deliveries, states, furthest, returns, soldCents, returnedCents } = deliveryFigures.shape

/** What became of deliveries, as a report tells it. */
export const reportedDeliveries = z
  .object({
    deliveries,
    states,
    deliverySeconds: z.object({ median: seconds, p90: seconds }).meta({
      description: 'In how many seconds that many of those that arrived did; absent where that is over a day.',
    }),
    dispositions: furthest,
    returns,
    money: z.object({ soldCents, returnedCents, netCents: z.int() }).meta({ id: 'ReportedMoney' }),
    rates: reportRates,
  })
  .meta({ id: 'ReportedDeliveries' })
export type ReportedDeliveries = z.output<typeof reportedDeliveries>

export const reportedFigures = z
  .object({ leads: figures.shape.leads, ...reportedDeliveries.shape })
  .meta({ id: 'Reported' })
export type ReportedFigures = z.output<typeof reportedFigures>

export function toReportedDeliveries(totals: DeliveryFigures & Partial<Figures>): ReportedDeliveries {
  const { deliveries, states, furthest, returns, soldCents, returnedCents, timeToDelivery } = totals
  return {
    deliveries,
    states,
    deliverySeconds: {
      ...toPercentileField('median', timeToDelivery, 0.5),
      ...toPercentileField('p90', timeToDelivery, 0.9),
    },
    dispositions: furthest,
    returns,
    money: { soldCents, returnedCents, netCents: soldCents - returnedCents },
    rates: computeRates(totals),
  }
}

export function toReportedFigures(totals: Figures): ReportedFigures {
  return { leads: totals.leads, ...toReportedDeliveries(totals) }
}

function toPercentileField(name: 'median' | 'p90', times: readonly number[], share: number) {
  const bound = findPercentileSeconds(times, share)
  return bound === undefined || bound === Number.POSITIVE_INFINITY ? {} : { [name]: bound }
}
