import type { Source } from '../capture/source.ts'
import type { School } from '../catalog/school.ts'
import type { Campaign } from './campaign.ts'
import { type Cap, getCapName } from './cap.ts'
import type { Reason } from './reasons.ts'
import { evaluateRule, type FieldReader } from './rules.ts'
import { findCapWindow } from './windows.ts'

/** What one lead takes from one counter, and the most that may then stand there. */
export type Reservation = {
  /** `campaigns#{id}` or `schools#{id}`. */
  owner: string
  counter: string
  amount: number
  limit: number
}
/** A reservation for a cap, with what a refusal by it says. `end` is when its window ends; a total has none. */
export type CapReservation = Reservation & { reason: Reason; onReached: Cap['onReached']; end?: string }

type CapOwners = {
  campaign: Pick<Campaign, 'caps'> & { id: string }
  school: Pick<School, 'caps' | 'timeZone' | 'creditCents'> & { id: string }
}

/** One reservation for each cap of campaign and school that counts this lead, at an instant, for a price. */
export function buildReservations(
  { campaign, school }: CapOwners,
  at: string,
  priceCents: number,
  readField: FieldReader,
) {
  const capReservations: CapReservation[] = [
    ...campaign.caps.map((cap) => ({ cap, owner: counterOwner('campaigns', campaign.id) })),
    ...school.caps.map((cap) => ({ cap, owner: counterOwner('schools', school.id) })),
  ]
    .filter(({ cap }) => !cap.rules || evaluateRule(cap.rules, readField).holds)
    .map(({ cap, owner }): CapReservation => {
      const { counter, end } = findCapCounter(cap, owner, at, school.timeZone)
      return {
        owner,
        counter,
        amount: cap.unit === 'cents' ? priceCents : 1,
        limit: cap.limit,
        reason: cap.unit === 'cents' ? 'CAP_SPEND' : capReasons[cap.period],
        onReached: cap.onReached,
        ...(end && { end }),
      }
    })
  const { creditCents } = school
  if (creditCents === undefined) return capReservations
  const credit = { counter: 'credit', amount: priceCents, limit: creditCents, reason: 'CREDIT_LIMIT' } as const
  return [
    ...capReservations,
    { ...credit, owner: counterOwner('schools', school.id), onReached: 'skip' } satisfies CapReservation,
  ]
}

/** The window of a cap that an instant lies in, and the counter that counts in it. */
export function findCapCounter(cap: Cap, owner: string, at: string, timeZone: string) {
  const window = findCapWindow(cap.period, at, timeZone)
  return { cap, owner, counter: `${getCapName(cap)}#${window.start}`, ...window }
}

export function counterOwner(kind: 'campaigns' | 'schools', id: string): string {
  return `${kind}#${id}`
}

/** What stands in counters, by owner and counter. A counter that is absent stands at 0. */
export type Counters = { [owner: string]: { [counter: string]: number } }

/** Whether a reservation still fits. The store's write condition says the same, and it has the last word. */
export function isWithinLimit({ owner, counter, amount, limit }: Reservation, counters: Counters): boolean {
  return (counters[owner]?.[counter] ?? 0) + amount <= limit
}

/** Whether a lead waits for the window to end where the cap is reached. A total never ends. */
export function canPark({ onReached, end }: CapReservation): boolean {
  return onReached === 'park' && end !== undefined
}

/** Counts the leads that a campaign was given where turns matter: by weight and by round robin. */
export const tally = 'tally'

export function isTallied(method: Source['method']): boolean {
  return method === 'weight' || method === 'round-robin'
}

export function getTally(campaignId: string, counters: Counters): number {
  return counters[counterOwner('campaigns', campaignId)]?.[tally] ?? 0
}

const capReasons: { [period in Cap['period']]: Reason } = {
  hour: 'CAP_HOUR',
  day: 'CAP_DAY',
  week: 'CAP_WEEK',
  month: 'CAP_MONTH',
  total: 'CAP_TOTAL',
}
