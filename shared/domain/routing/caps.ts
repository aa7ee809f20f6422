import type { Source } from '../capture/source.ts'
import type { School } from '../catalog/school.ts'
import type { Campaign } from './campaign.ts'
import { type Cap, getCapName } from './cap.ts'
import type { Reason } from './reasons.ts'
import { evaluateRule, type FieldReader } from './rules.ts'
import { findCapWindow } from './windows.ts'

/** The amount that a lead adds to a counter, and the limit that the counter may reach. */
export type Reservation = {
  /** `campaigns#{id}` or `schools#{id}`. */
  owner: string
  counter: string
  amount: number
  limit: number
}
/** A reservation for a cap, with the reason of a refusal. `end` is when the window ends; a total cap has none. */
export type CapReservation = Reservation & { reason: Reason; onReached: Cap['onReached']; end?: string }

type CapOwners = {
  campaign: Pick<Campaign, 'caps' | 'schoolCaps'> & { id: string }
  school: Pick<School, 'caps' | 'timeZone' | 'creditCents'> & { id: string }
}

/** Returns a reservation for each cap of the campaign and school that counts the lead, and for the school's credit. */
export function buildReservations(
  { campaign, school }: CapOwners,
  at: string,
  priceCents: number,
  readField: FieldReader,
) {
  const capReservations: CapReservation[] = [
    ...[...campaign.caps, ...toCaps(campaign.schoolCaps)].map((cap) => ({
      cap,
      owner: counterOwner('campaigns', campaign.id),
    })),
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
  if (creditCents === undefined) return keepLowerLimits(capReservations)
  const credit = { counter: creditCounter, amount: priceCents, limit: creditCents, reason: 'CREDIT_LIMIT' } as const
  return [
    ...keepLowerLimits(capReservations),
    { ...credit, owner: counterOwner('schools', school.id), onReached: 'skip' } satisfies CapReservation,
  ]
}

/** The counter of what a school has spent of its credit, over all time. */
export const creditCounter = 'credit'

/** The school's own caps as caps of the campaign. */
export function toCaps(schoolCaps: Campaign['schoolCaps'] = []): Cap[] {
  return schoolCaps
}

/** A contract cap and a school's own cap of the same period and unit count on one counter, and the lower one limits it. */
function keepLowerLimits(reservations: readonly CapReservation[]): CapReservation[] {
  const lowest = new Map<string, CapReservation>()
  for (const reservation of reservations) {
    const name = `${reservation.owner} ${reservation.counter}`
    const other = lowest.get(name)
    lowest.set(name, other && other.limit <= reservation.limit ? other : reservation)
  }
  return [...lowest.values()]
}

/** Returns the counter of a cap for an instant, and the window in which it counts. */
export function findCapCounter(cap: Cap, owner: string, at: string, timeZone: string) {
  const window = findCapWindow(cap.period, at, timeZone)
  return { cap, owner, counter: `${getCapName(cap)}#${window.start}`, ...window }
}

export function counterOwner(kind: 'campaigns' | 'schools', id: string): string {
  return `${kind}#${id}`
}

/** Counter values by owner and counter. A missing counter is 0. */
export type Counters = { [owner: string]: { [counter: string]: number } }

/** Whether a reservation still fits. The store checks the same condition when it writes, and that check decides. */
export function isWithinLimit({ owner, counter, amount, limit }: Reservation, counters: Counters): boolean {
  return (counters[owner]?.[counter] ?? 0) + amount <= limit
}

/** Whether a lead is parked when the cap is reached. A total cap cannot park, because its window never ends. */
export function canPark({ onReached, end }: CapReservation): boolean {
  return onReached === 'park' && end !== undefined
}

/** The counter of leads that a campaign got by weight or round robin. */
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
