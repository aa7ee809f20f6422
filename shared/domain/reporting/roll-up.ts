import type { DispositionWord } from '../aftercare/disposition.ts'
import type { LeadReturn } from '../aftercare/lead-return.ts'
import type { Lead } from '../capture/lead.ts'
import type { DeliveryState } from '../delivery/delivery.ts'
import { nothingSent, sortedById } from './add-roll-ups.ts'
import type { Figures, Rates, RolledUp, Sent } from './figures.ts'
import { countDeliveries } from './overview.ts'

/** A lead, and what became of it. */
export type Account = Pick<Lead, 'sourceId' | 'outcome' | 'test'> & {
  decisions: number
  deliveries: readonly Made[]
}
/** A delivery, and what its school has told of it, in whatever order. */
export type Made = {
  schoolId: string
  state: DeliveryState
  createdAt: string
  deliveredAt?: string | undefined
  priceCents: number
  told: readonly DispositionWord[]
  returned?: Pick<LeadReturn, 'state' | 'creditCents'> | undefined
}

/**
 * From the first try to the first day of class. Who has got far keeps it, whatever is told later and in whatever order
 * it is read: a person who applied and then lost interest has applied. Who is not interested has been talked with.
 */
export const farther = [
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
export function rollUp(leads: readonly Account[]): RolledUp {
  const real = leads.filter(({ test }) => !test)
  const bySource = [...Map.groupBy(real, ({ sourceId }) => sourceId)]
  const bySchool = [...Map.groupBy(madeOf(real), ({ schoolId }) => schoolId)]
  return {
    whole: figuresOf(real),
    schools: sortedById(bySchool.map(([id, made]) => ({ id, ...sentOf(made) }))),
    sources: sortedById(bySource.map(([id, some]) => ({ id, ...figuresOf(some) }))),
  }
}

/** Shares of what was sent, and of leads where these are told. */
export function ratesOf({ deliveries: { made, arrived }, furthest, returns, ...rest }: Sent & Partial<Figures>): Rates {
  const got = (least: (typeof farther)[number]) =>
    sum(farther.slice(farther.indexOf(least)).map((word) => furthest[word]))
  return {
    ...(rest.leads && share('acceptance', rest.leads.accepted, rest.leads.received)),
    ...share('delivery', arrived, made),
    ...share('contact', got('contacted'), arrived),
    ...share('application', got('applied'), arrived),
    ...share('enrolment', got('enrolled'), arrived),
    ...share('return', Math.min(returns.accepted, arrived), arrived),
  }
}

function share<Name extends keyof Rates>(name: Name, part: number, whole: number): { [name in Name]?: number } {
  const found: { [name in Name]?: number } = {}
  // To a hundredth of a per cent.
  if (whole > 0) found[name] = Math.round((part / whole) * 10_000) / 10_000
  return found
}

function figuresOf(leads: readonly Account[]): Figures {
  const count = (which: (lead: Account) => boolean) => leads.filter(which).length
  return {
    leads: {
      received: leads.length,
      accepted: count(({ outcome }) => outcome === 'accepted'),
      unmatched: count(({ outcome }) => outcome === 'unmatched'),
      duplicate: count(({ outcome }) => outcome === 'duplicate'),
      quarantined: count(({ outcome, decisions }) => outcome === 'unmatched' && decisions === 0),
    },
    ...sentOf(madeOf(leads)),
  }
}

function sentOf(made: readonly Made[]): Sent {
  const { deliveries, timeToDelivery } = countDeliveries(made)
  const arrived = made.filter(({ deliveredAt }) => deliveredAt !== undefined)
  const got = arrived.flatMap(({ told }) => farther.findLast((word) => told.includes(word)) ?? [])
  const returns = made.flatMap(({ returned }) => returned ?? [])
  const credited = returns.filter(({ state }) => state === 'accepted')
  return {
    deliveries: { made: made.length, arrived: arrived.length },
    states: { ...nothingSent.states, ...deliveries },
    timeToDelivery,
    furthest: { ...nothingSent.furthest, ...tally(got) },
    returns: { ...nothingSent.returns, ...tally(returns.map(({ state }) => state)) },
    soldCents: sum(arrived.map(({ priceCents }) => priceCents)),
    returnedCents: sum(credited.map(({ creditCents }) => creditCents)),
  }
}

function madeOf(leads: readonly Account[]): Made[] {
  return leads.flatMap(({ deliveries }) => [...deliveries])
}

function tally(words: readonly string[]): { [word: string]: number } {
  return Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]))
}

function sum(all: readonly number[]): number {
  return all.reduce((total, one) => total + one, 0)
}
