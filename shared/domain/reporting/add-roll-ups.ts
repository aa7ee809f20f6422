import { type Figures, figures, type RolledUp, type Sent, sent } from './figures.ts'
import { countDeliveries } from './overview.ts'

/** Two parts of one day, or two days. Whichever comes first, and however they are put together, the sum is the same. */
export function addRollUps(one: RolledUp, other: RolledUp): RolledUp {
  return {
    whole: addFigures(one.whole, other.whole),
    schools: joined([...one.schools, ...other.schools], addSent),
    sources: joined([...one.sources, ...other.sources], addFigures),
  }
}

export function addFigures(one: Figures, other: Figures): Figures {
  return { leads: plus(figures.shape.leads.keyof().options, one.leads, other.leads), ...addSent(one, other) }
}

export function addSent(one: Sent, other: Sent): Sent {
  const { deliveries, states, furthest, returns } = sent.shape
  return {
    deliveries: plus(deliveries.keyof().options, one.deliveries, other.deliveries),
    states: plus(states.keyof().options, one.states, other.states),
    timeToDelivery: one.timeToDelivery.map((count, at) => count + (other.timeToDelivery[at] ?? 0)),
    furthest: plus(furthest.keyof().options, one.furthest, other.furthest),
    returns: plus(returns.keyof().options, one.returns, other.returns),
    soldCents: one.soldCents + other.soldCents,
    returnedCents: one.returnedCents + other.returnedCents,
  }
}

export const nothingSent: Sent = {
  deliveries: { made: 0, arrived: 0 },
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

export const nothingHappened: Figures = {
  leads: { received: 0, accepted: 0, unmatched: 0, duplicate: 0, quarantined: 0 },
  ...nothingSent,
}

export const emptyRollUp: RolledUp = { whole: nothingHappened, schools: [], sources: [] }

function joined<Row extends { id: string }>(rows: readonly Row[], add: (one: Row, other: Row) => object): Row[] {
  const sums = new Map<string, Row>()
  for (const row of rows) {
    const before = sums.get(row.id)
    sums.set(row.id, before ? { ...row, ...add(before, row) } : row)
  }
  return sortedById([...sums.values()])
}

/** In one order, so that equal sums are equal to the byte. */
export function sortedById<Row extends { id: string }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((one, other) => (one.id < other.id ? -1 : 1))
}

function plus<Counts extends { [name in Name]: number }, Name extends string>(
  names: readonly Name[],
  one: Counts,
  other: Counts,
): { [name in Name]: number } {
  const total: { [name in Name]: number } = { ...one }
  for (const name of names) total[name] += other[name]
  return total
}
