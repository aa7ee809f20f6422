import { type DeliveryFigures, deliveryFigures, type Figures, figures, type RollUpFigures } from './figures.ts'
import { countDeliveries } from './overview.ts'

/** Two parts of one day, or two days. Whichever comes first, and however they are put together, the sum is the same. */
export function addRollUps(one: RollUpFigures, other: RollUpFigures): RollUpFigures {
  return {
    whole: addFigures(one.whole, other.whole),
    schools: mergeById([...one.schools, ...other.schools], addDeliveryFigures),
    sources: mergeById([...one.sources, ...other.sources], addFigures),
  }
}

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
  }
}

export const emptyDeliveryFigures: DeliveryFigures = {
  deliveries: { created: 0, delivered: 0 },
  states: { pending: 0, leased: 0, delivered: 0, rejected: 0, parked: 0, dead: 0, erased: 0 },
  timeToDelivery: countDeliveries([]).timeToDelivery,
  furthest: {
    'attempted-contact': 0,
    contacted: 0,
    'not-interested': 0,
    'bad-contact': 0,
    interviewed: 0,
    applied: 0,
    enrolled: 0,
    started: 0,
  },
  returns: { requested: 0, accepted: 0, refused: 0 },
  soldCents: 0,
  returnedCents: 0,
}

export const emptyFigures: Figures = {
  leads: { received: 0, accepted: 0, unmatched: 0, duplicate: 0, quarantined: 0 },
  ...emptyDeliveryFigures,
}

export const emptyRollUp: RollUpFigures = { whole: emptyFigures, schools: [], sources: [] }

function mergeById<Row extends { id: string }>(rows: readonly Row[], add: (one: Row, other: Row) => object): Row[] {
  const sums = new Map<string, Row>()
  for (const row of rows) {
    const existing = sums.get(row.id)
    sums.set(row.id, existing ? { ...row, ...add(existing, row) } : row)
  }
  return sortById([...sums.values()])
}

/** In one order, so that equal sums are equal to the byte. */
export function sortById<Row extends { id: string }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((one, other) => (one.id < other.id ? -1 : 1))
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
