import type { Source } from '../capture/source.ts'
import { type Generation, toOwnerName } from '../catalog/generation.ts'
import type { School } from '../catalog/school.ts'
import type { Campaign } from './campaign.ts'
import type { Cap } from './cap.ts'
import { type CapCounter, findCounterName, listRetiredCaps } from './edits/cap-counters.ts'
import { getCreditLimit, isCreditCounted } from './edits/credit-level.ts'
import { listAllCaps } from './edits/edit-campaign.ts'
import type { Reason } from './reasons.ts'
import { evaluateRule, type FieldReader } from './rules.ts'
import { findCapWindow, findCountedWindows, type SchoolClock } from './windows.ts'

/** The amount that a lead adds to a counter, and the limit that the counter may reach. */
export type Reservation = {
  /** `campaigns#{owner name}`, `schools#{owner name}` or `sources#{owner name}`. */
  owner: string
  counter: string
  amount: number
  limit: number
}
/** A reservation for a cap, with the reason of a refusal. `end` is when the window ends; a total cap has none. */
export type CapReservation = Reservation & {
  reason: Reason
  /** Absent: the description of the reason, with the limit. */
  detail?: string
  onReached: Cap['onReached']
  end?: string
}

type CapOwners = {
  campaign: Pick<Campaign, 'caps' | 'schoolCaps' | 'counters'> & { id: string; generation?: Generation }
  school: Pick<School, 'caps' | 'counters' | 'timeZone' | 'calendar' | 'creditCents' | 'billing' | 'creditCounted'> & {
    id: string
    generation?: Generation
  }
}

/**
 * Returns a reservation for each cap of the campaign and school that counts the lead, and for the school's credit. Caps
 * of one counter make one reservation, with the lower limit.
 */
export function buildReservations(
  { campaign, school }: CapOwners,
  at: string,
  priceCents: number,
  readField: FieldReader,
): CapReservation[] {
  const reservations = [
    ...listCountedCaps('campaigns', { ...campaign, caps: listAllCaps(campaign) }),
    ...listCountedCaps('schools', school),
  ]
    .filter(({ cap }) => !cap.rules || evaluateRule(cap.rules, readField).holds)
    .flatMap(({ cap, owner, name }) =>
      findCapCounters({ cap, owner, name }, at, school).map(({ counter, end }): CapReservation => {
        return {
          owner,
          counter,
          amount: cap.unit === 'cents' ? priceCents : 1,
          limit: cap.limit,
          reason: cap.unit === 'cents' ? 'CAP_SPEND' : capReasons[cap.period],
          onReached: cap.onReached,
          ...(end && { end }),
        }
      }),
    )
  if (!isCreditCounted(school)) return keepLowerLimits(reservations)
  const limit = getCreditLimit(school) ?? Number.MAX_SAFE_INTEGER
  const credit = { counter: creditCounter, amount: priceCents, limit, reason: 'CREDIT_LIMIT' } as const
  const schoolOwner = counterOwner('schools', toOwnerName(school))
  return [...keepLowerLimits(reservations), { ...credit, owner: schoolOwner, onReached: 'skip' }]
}

type CounterOwner = {
  id: string
  generation?: Generation
  caps: readonly Cap[]
  counters?: readonly CapCounter[] | undefined
}

/** The caps of an owner, and the counters that count on without a cap, each with the name of its counter. */
function listCountedCaps(kind: 'campaigns' | 'schools', { id, generation, caps, counters }: CounterOwner) {
  return [...caps, ...listRetiredCaps(counters)].map((cap) => ({
    cap,
    owner: counterOwner(kind, toOwnerName({ id, generation })),
    name: findCounterName(cap, counters),
  }))
}

/** At most so many test leads of one source reach the live endpoints of one school in an hour. */
export const maxLiveTestsPerHour = 10

/** Test leads use no cap, but a campaign without a test endpoint gets them at its live endpoint: only a few in an hour. */
export function buildTestReservations(
  { campaign, school }: { campaign: { hasTestEndpoint?: boolean | undefined }; school: { id: string } },
  { at, sourceId }: { at: string; sourceId: string },
): CapReservation[] {
  if (campaign.hasTestEndpoint) return []
  const { start, end } = findCapWindow('hour', at, 'UTC')
  return [
    {
      owner: `sources#${sourceId}`,
      counter: `test-leads#${school.id}#${start}`,
      amount: 1,
      limit: maxLiveTestsPerHour,
      reason: 'CAP_HOUR',
      detail: `At most ${maxLiveTestsPerHour} test leads of one source reach a live endpoint in an hour. Set a test endpoint.`,
      onReached: 'skip',
      ...(end && { end }),
    },
  ]
}

/** The counter of what a school owes and what its leads on their way will cost. Payments reduce it, also below zero. */
export const creditCounter = 'credit'

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

/** Returns the counters of a cap for an instant, and their windows; that of the current window comes first. */
export function findCapCounters<Counted extends { cap: Cap; name: string }>(
  counted: Counted,
  at: string,
  clock: SchoolClock,
) {
  return findCountedWindows(counted.cap.period, at, clock).map(({ name, ...window }) => ({
    ...counted,
    ...window,
    counter: `${counted.name}#${name}`,
  }))
}

export function counterOwner(kind: 'campaigns' | 'schools' | 'sources', id: string): string {
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
