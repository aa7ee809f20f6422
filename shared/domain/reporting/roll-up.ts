import type { DispositionWord } from '../aftercare/disposition.ts'
import type { LeadReturn } from '../aftercare/lead-return.ts'
import type { Lead } from '../capture/lead.ts'
import type { DeliveryState } from '../delivery/delivery.ts'
import { emptyDeliveryFigures, sortById } from './add-roll-ups.ts'
import type { DeliveryFigures, Figures, ReportRates, RollUpFigures } from './figures.ts'
import { countDeliveries } from './overview.ts'

/** A lead, and what became of it. */
export type LeadWithDeliveries = Pick<Lead, 'sourceId' | 'outcome' | 'test'> & {
  decisions: number
  deliveries: readonly RollUpDelivery[]
}
/** A delivery, and what its school has told of it, in whatever order. */
export type RollUpDelivery = {
  schoolId: string
  state: DeliveryState
  createdAt: string
  deliveredAt?: string | undefined
  priceCents: number
  dispositions: readonly DispositionWord[]
  leadReturn?: Pick<LeadReturn, 'state' | 'creditCents'> | undefined
}

/**
 * From the first try to the first day of class. Who has got far keeps it, whatever is told later and in whatever order
 * it is read: a person who applied and then lost interest has applied. Who is not interested has been talked with.
 */
export const dispositionOrder = [
  'bad-contact',
  'attempted-contact',
  'contacted',
  'not-interested',
  'interviewed',
  'applied',
  'enrolled',
  'started',
] as const satisfies readonly DispositionWord[]

/** Leads of one day with all that became of them. Test leads count nowhere. */
export function rollUp(leads: readonly LeadWithDeliveries[]): RollUpFigures {
  const real = leads.filter(({ test }) => !test)
  const bySource = [...Map.groupBy(real, ({ sourceId }) => sourceId)]
  const bySchool = [...Map.groupBy(listDeliveries(real), ({ schoolId }) => schoolId)]
  return {
    whole: countFigures(real),
    schools: sortById(bySchool.map(([id, deliveries]) => ({ id, ...countDeliveryFigures(deliveries) }))),
    sources: sortById(bySource.map(([id, sourceLeads]) => ({ id, ...countFigures(sourceLeads) }))),
  }
}

/** Shares of what was sent, and of leads where these are told. */
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
  // To a hundredth of a per cent.
  if (whole > 0) field[name] = Math.round((part / whole) * 10_000) / 10_000
  return field
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

function countDeliveryFigures(rows: readonly RollUpDelivery[]): DeliveryFigures {
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
  }
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
