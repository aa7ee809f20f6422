import * as z from 'zod'
import { findPercentileSeconds } from './delivery-times.ts'
import { type DeliveryFigures, deliveryFigures, dispositionOrder, type Figures, figures } from './figures.ts'

const seconds = z.int().min(0).exactOptional()
const { deliveries, states, furthest, returns, soldCents, returnedCents, payoutCents } = deliveryFigures.shape

const share = z.number().min(0).max(1).exactOptional()
/** Computed when they are read, never stored. A rate without a denominator is absent. */
export const reportRates = z
  .object({
    acceptance: share.meta({ description: 'Accepted leads / received leads.' }),
    delivery: share.meta({ description: 'Deliveries that arrived / all deliveries.' }),
    contact: share.meta({ description: 'Students whom their school spoke with / deliveries that arrived.' }),
    application: share.meta({ description: 'Students who applied / deliveries that arrived.' }),
    enrollment: share.meta({ description: 'Students who enrolled / deliveries that arrived.' }),
    return: share.meta({ description: 'Credited returns / deliveries that arrived.' }),
  })
  .meta({ id: 'Rates' })
export type ReportRates = z.output<typeof reportRates>

/** The figures of deliveries as a report shows them. */
export const reportedDeliveries = z
  .object({
    deliveries,
    states,
    deliverySeconds: z.object({ median: seconds, p90: seconds }).meta({
      description:
        'Median and 90th percentile of the delivery time, as the upper bound of its bucket. Absent if over a day.',
    }),
    dispositions: furthest,
    returns,
    money: z
      .object({
        soldCents,
        returnedCents,
        netCents: z.int(),
        payoutCents: payoutCents.unwrap(),
        marginCents: z.int().meta({ description: '`netCents` less `payoutCents`.' }),
      })
      .meta({ id: 'ReportedMoney' }),
    rates: reportRates,
  })
  .meta({ id: 'ReportedDeliveries' })
export type ReportedDeliveries = z.output<typeof reportedDeliveries>

export const reportedFigures = z
  .object({ leads: figures.shape.leads, ...reportedDeliveries.shape })
  .meta({ id: 'Reported' })
export type ReportedFigures = z.output<typeof reportedFigures>

export function toReportedDeliveries(totals: DeliveryFigures & Partial<Figures>): ReportedDeliveries {
  const { deliveries, states, furthest, returns, soldCents, returnedCents, payoutCents, timeToDelivery } = totals
  const netCents = soldCents - returnedCents
  return {
    deliveries,
    states,
    deliverySeconds: {
      ...toPercentileField('median', timeToDelivery, 0.5),
      ...toPercentileField('p90', timeToDelivery, 0.9),
    },
    dispositions: furthest,
    returns,
    money: { soldCents, returnedCents, netCents, payoutCents, marginCents: netCents - payoutCents },
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

/** Rates as fractions of 1. A rate without a denominator is absent, as is the acceptance rate if leads are not counted. */
export function computeRates({
  deliveries: { created: createdCount, delivered: arrivedCount },
  furthest,
  returns,
  ...rest
}: DeliveryFigures & Partial<Figures>): ReportRates {
  const countReached = (minimum: (typeof dispositionOrder)[number]) =>
    sum(dispositionOrder.slice(dispositionOrder.indexOf(minimum)).map((word) => furthest[word]))
  return {
    ...(rest.leads && toRateField('acceptance', rest.leads.accepted, rest.leads.received)),
    ...toRateField('delivery', arrivedCount, createdCount),
    ...toRateField('contact', countReached('contacted'), arrivedCount),
    ...toRateField('application', countReached('applied'), arrivedCount),
    ...toRateField('enrollment', countReached('enrolled'), arrivedCount),
    ...toRateField('return', Math.min(returns.accepted, arrivedCount), arrivedCount),
  }
}

function toRateField<Name extends keyof ReportRates>(
  name: Name,
  part: number,
  whole: number,
): { [name in Name]?: number } {
  const field: { [name in Name]?: number } = {}
  // Rounded to 0.01 percent.
  if (whole > 0) field[name] = Math.round((part / whole) * 10_000) / 10_000
  return field
}

function sum(all: readonly number[]): number {
  return all.reduce((total, one) => total + one, 0)
}
