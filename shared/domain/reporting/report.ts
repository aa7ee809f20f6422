import * as z from 'zod'
import { type Figures, figures, rates, type Sent, sent } from './figures.ts'
import { withinSeconds } from './overview.ts'
import { ratesOf } from './roll-up.ts'

const seconds = z.int().min(0).exactOptional()
const { deliveries, states, furthest, returns, soldCents, returnedCents } = sent.shape

/** What became of deliveries, as a report tells it. */
export const reportedSent = z
  .object({
    deliveries,
    states,
    withinSeconds: z.object({ half: seconds, nineInTen: seconds }).meta({
      description: 'In how many seconds that many of those that arrived did; absent where that is over a day.',
    }),
    dispositions: furthest,
    returns,
    money: z.object({ soldCents, returnedCents, netCents: z.int() }).meta({ id: 'ReportedMoney' }),
    rates,
  })
  .meta({ id: 'ReportedDeliveries' })
export type ReportedSent = z.output<typeof reportedSent>

export const reportedFigures = z.object({ leads: figures.shape.leads, ...reportedSent.shape }).meta({ id: 'Reported' })
export type ReportedFigures = z.output<typeof reportedFigures>

export function reportSent(counted: Sent & Partial<Figures>): ReportedSent {
  const { deliveries, states, furthest, returns, soldCents, returnedCents, timeToDelivery } = counted
  return {
    deliveries,
    states,
    withinSeconds: { ...within('half', timeToDelivery, 0.5), ...within('nineInTen', timeToDelivery, 0.9) },
    dispositions: furthest,
    returns,
    money: { soldCents, returnedCents, netCents: soldCents - returnedCents },
    rates: ratesOf(counted),
  }
}

export function reportFigures(counted: Figures): ReportedFigures {
  return { leads: counted.leads, ...reportSent(counted) }
}

function within(name: 'half' | 'nineInTen', times: readonly number[], share: number) {
  const bound = withinSeconds(times, share)
  return bound === undefined || bound === Number.POSITIVE_INFINITY ? {} : { [name]: bound }
}
