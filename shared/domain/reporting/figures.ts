import * as z from 'zod'
import { type DispositionWord, dispositionWord } from '../aftercare/disposition.ts'
import type { DeliveryState } from '../delivery/delivery.ts'
import { countDeliveries, deliveryTimeBounds } from './delivery-times.ts'
import { type Counts, nestCounts } from './roll-up/cells.ts'

const count = z.int().min(0)
const states = {
  pending: count,
  leased: count,
  delivered: count,
  rejected: count,
  parked: count,
  dead: count,
  erased: count,
} as const satisfies { [state in DeliveryState]: typeof count }
// Days that were counted before there was a disposition have none.
const newerCount = count.default(0)
const dispositionCounts = {
  'bad-contact': count,
  duplicate: newerCount,
  'attempted-contact': count,
  'opted-out': newerCount,
  contacted: count,
  'not-interested': count,
  appointment: newerCount,
  interviewed: count,
  qualified: newerCount,
  'application-started': newerCount,
  applied: count,
  denied: newerCount,
  admitted: newerCount,
  enrolled: count,
  started: count,
  persisted: newerCount,
  graduated: newerCount,
} as const satisfies { [word in DispositionWord]: z.ZodType<number> }

export const leadCounts = z
  .object({
    received: count,
    accepted: count,
    unmatched: count,
    duplicate: count,
    quarantined: count.meta({
      description: 'Part of `unmatched`: leads without a decision because they are or were held for review.',
    }),
  })
  .meta({ id: 'LeadCounts' })

/** Counts and sums about deliveries. All are integers that can be added. */
export const deliveryFigures = z.object({
  deliveries: z
    .object({
      created: count,
      delivered: count.meta({
        description: 'Deliveries that their school accepted. A later replay or erasure does not undo that.',
      }),
    })
    .meta({ id: 'DeliveryCounts' }),
  states: z.object(states).meta({ description: 'All deliveries by state.' }),
  timeToDelivery: z.array(count).length(deliveryTimeBounds.length + 1),
  furthest: z.object(dispositionCounts).meta({
    description: 'Deliveries that arrived, by the furthest disposition that their school reported.',
  }),
  returns: z.object({ requested: count, accepted: count, refused: count }).meta({ id: 'ReturnCounts' }),
  soldCents: count.meta({ description: 'Total price of the deliveries that arrived.' }),
  returnedCents: count.meta({ description: 'Total credit of accepted returns.' }),
  // Days that were counted before there were payouts have none.
  payoutCents: z
    .int()
    .default(0)
    .meta({ description: 'What the sources earned, without what they gave back for accepted returns.' }),
})
export type DeliveryFigures = z.output<typeof deliveryFigures>

export const figures = z.object({ leads: leadCounts, ...deliveryFigures.shape })
export type Figures = z.output<typeof figures>

/**
 * From the first call to the degree. The furthest disposition counts, in whatever order they are reported: a student who applied
 * and then lost interest has applied.
 */
export const dispositionOrder = dispositionWord.options

export function addFigures(one: Figures, other: Figures): Figures {
  return {
    leads: addCounts(figures.shape.leads.keyof().options, one.leads, other.leads),
    ...addDeliveryFigures(one, other),
  }
}

export function addDeliveryFigures(one: DeliveryFigures, other: DeliveryFigures): DeliveryFigures {
  const { deliveries, states, furthest, returns } = deliveryFigures.shape
  return {
    deliveries: addCounts(deliveries.keyof().options, one.deliveries, other.deliveries),
    states: addCounts(states.keyof().options, one.states, other.states),
    timeToDelivery: one.timeToDelivery.map((count, at) => count + (other.timeToDelivery[at] ?? 0)),
    furthest: addCounts(furthest.keyof().options, one.furthest, other.furthest),
    returns: addCounts(returns.keyof().options, one.returns, other.returns),
    soldCents: one.soldCents + other.soldCents,
    returnedCents: one.returnedCents + other.returnedCents,
    payoutCents: one.payoutCents + other.payoutCents,
  }
}

export const emptyDeliveryFigures: DeliveryFigures = {
  deliveries: { created: 0, delivered: 0 },
  states: { pending: 0, leased: 0, delivered: 0, rejected: 0, parked: 0, dead: 0, erased: 0 },
  timeToDelivery: countDeliveries([]).timeToDelivery,
  furthest: {
    'bad-contact': 0,
    duplicate: 0,
    'attempted-contact': 0,
    'opted-out': 0,
    contacted: 0,
    'not-interested': 0,
    appointment: 0,
    interviewed: 0,
    qualified: 0,
    'application-started': 0,
    applied: 0,
    denied: 0,
    admitted: 0,
    enrolled: 0,
    started: 0,
    persisted: 0,
    graduated: 0,
  },
  returns: { requested: 0, accepted: 0, refused: 0 },
  soldCents: 0,
  returnedCents: 0,
  payoutCents: 0,
}

export const emptyFigures: Figures = {
  leads: { received: 0, accepted: 0, unmatched: 0, duplicate: 0, quarantined: 0 },
  ...emptyDeliveryFigures,
}

/** The figures whose numbers these are. */
export function toFigures(counts: Counts): Figures {
  return figures.parse(nestCounts(counts, emptyFigures))
}

function addCounts<Counts extends { [name in Name]: number }, Name extends string>(
  names: readonly Name[],
  one: Counts,
  other: Counts,
): { [name in Name]: number } {
  const total: { [name in Name]: number } = { ...one }
  for (const name of names) total[name] += other[name]
  return total
}
