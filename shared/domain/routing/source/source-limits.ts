import * as z from 'zod'
import type { StoredSource } from '../../capture/source.ts'
import { type Generation, toOwnerName } from '../../catalog/generation.ts'
import { type Cap, cap } from '../cap.ts'
import { type Counters, counterOwner, findCapCounters, isWithinLimit, type Reservation } from '../caps.ts'
import { findCounterName, listRetiredCaps } from '../edits/cap-counters.ts'
import { isOpen } from '../hours.ts'

/**
 * A lead counts as so many parts, which are divided among the schools that it goes to: all of them together count as one lead,
 * and a delivery that is rejected or returned gives its part back. It can be divided by each number of schools up to ten.
 */
export const partsPerLead = 2520

/** What the limits of a source say of one lead, as it is stored with its decision. Amounts and limits are in parts of a lead. */
export const sourceLimits = z.object({
  isClosed: z.boolean(),
  caps: z.array(
    z.object({
      owner: z.string(),
      counter: z.string(),
      amount: z.int(),
      limit: z.number(),
      period: cap.shape.period,
    }),
  ),
})
export type SourceLimits = z.output<typeof sourceLimits>

export type LimitedSource = Pick<StoredSource, 'caps' | 'hours' | 'timeZone' | 'counters' | 'calendar'> & {
  id: string
  generation?: Generation | undefined
}
/** `heldParts`: what deliveries of the lead hold already, by counter. */
type ArrivedLead = { receivedAt: string; test: boolean; heldParts?: { [counter: string]: number } }

/**
 * Returns what the limits of a source say of a lead, by when it came, however late it is sold. Undefined: the source has none. No cap counts test leads.
 */
export function buildSourceLimits(
  source: LimitedSource,
  { receivedAt, test, heldParts = {} }: ArrivedLead,
): SourceLimits | undefined {
  const caps = test ? [] : listCounted(source)
  if (!source.hours && caps.length === 0) return undefined
  return {
    isClosed: !isSourceOpen(source, receivedAt),
    caps: caps
      .flatMap((counted) => findCapCounters(counted, receivedAt, source))
      .map(({ owner, counter, cap: { period, limit } }) => ({
        owner,
        counter,
        amount: Math.max(0, partsPerLead - (heldParts[counter] ?? 0)),
        limit: Math.min(limit * partsPerLead, Number.MAX_SAFE_INTEGER),
        period,
      })),
  }
}

export function isSourceOpen({ hours, timeZone }: Pick<LimitedSource, 'hours' | 'timeZone'>, at: string): boolean {
  return isOpen(hours && { ...hours, outside: 'skip' }, at, timeZone)
}

/** The caps of a source as counted caps: all leads count, whatever they are. */
export function toCountedCaps({ caps = [] }: Pick<StoredSource, 'caps'>): Cap[] {
  return caps.map(({ period, limit }) => ({ period, limit, unit: 'leads', onReached: 'skip' }))
}

function listCounted(source: LimitedSource) {
  const owner = counterOwner('sources', toOwnerName(source))
  return [...toCountedCaps(source), ...listRetiredCaps(source.counters)].map((one) => ({
    cap: one,
    owner,
    name: findCounterName(one, source.counters),
  }))
}

/** Returns why the limits of the source do not allow the lead, or undefined. The store checks caps again when it writes. */
export function findSourceLimitFault(limits: SourceLimits | undefined, counters: Counters): string | undefined {
  if (!limits) return undefined
  if (limits.isClosed) return 'The lead came outside the hours of the source.'
  const reached = limits.caps.find((one) => one.amount > 0 && !isWithinLimit(one, counters))
  if (!reached) return undefined
  const count = Math.floor(reached.limit / partsPerLead)
  return `A cap of the source is reached: ${count} ${count === 1 ? 'lead' : 'leads'} ${periodNames[reached.period]}.`
}

const periodNames: { [period in Cap['period']]: string } = {
  hour: 'per hour',
  day: 'per day',
  week: 'per week',
  month: 'per month',
  total: 'in total',
}

/** Returns the part of each of a lead's new deliveries. The parts of all add up to what the lead still has to reserve. */
export function divideSourceReservations(limits: SourceLimits | undefined, deliveryCount: number): Reservation[][] {
  return Array.from({ length: deliveryCount }, (_, index) =>
    (limits?.caps ?? []).flatMap(({ owner, counter, amount, limit }) => {
      const sumParts = (count: number) => Math.floor((amount * count) / deliveryCount)
      const part = sumParts(index + 1) - sumParts(index)
      return part > 0 ? [{ owner, counter, amount: part, limit }] : []
    }),
  )
}

/** Reservations of one counter as one, because a transaction may change each row once. */
export function mergeReservations(reservations: readonly Reservation[]): Reservation[] {
  const merged = new Map<string, Reservation>()
  for (const reservation of reservations) {
    const name = `${reservation.owner} ${reservation.counter}`
    const { amount = 0 } = merged.get(name) ?? {}
    merged.set(name, { ...reservation, amount: amount + reservation.amount })
  }
  return [...merged.values()]
}

/** Whether a reservation is one of a source, and not of a campaign or a school. */
export function isSourceReservation({ owner }: Pick<Reservation, 'owner'>): boolean {
  return owner.startsWith(counterOwner('sources', ''))
}
