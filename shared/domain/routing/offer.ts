import type { Decision } from './decision.ts'

/** How long a lead is offered again while nobody has it: after a month a visitor no longer expects the call. */
export const offerDays = 30
/** How often it is offered again where no window says when that might help: a new campaign may want it. */
const hoursBetweenOffers = 24

type Offered = {
  decision: Decision
  receivedAt: string
  takers: number
  maxSales: number
  /** How many schools the consent named: nobody else may have the lead, however long it waits. */
  named: number
}

/**
 * When a lead is offered again, or nothing where that would be in vain: a parked lead when its window opens, one that
 * nobody has also from day to day, as long as the consent is fresh.
 */
export function nextOfferAt({ decision, receivedAt, takers, maxSales, named }: Offered): string | undefined {
  // A person who came through this source before is none the newer for waiting.
  if (takers >= Math.min(maxSales, named) || decision.verdicts.some(({ reason }) => reason === 'DUPLICATE'))
    return undefined
  const waiting = decision.verdicts.filter(({ until, parked }) => until !== undefined && (parked || takers === 0))
  const windows = waiting.flatMap(({ until }) => until ?? [])
  const daily = takers === 0 ? [later(decision.decidedAt, hoursBetweenOffers)] : []
  const [next] = [...windows, ...daily].sort()
  return next !== undefined && isOfferable(receivedAt, next) ? next : undefined
}

/** Whether a visitor still expects the call. */
export function isOfferable(receivedAt: string, at: string): boolean {
  return at < later(receivedAt, offerDays * 24)
}

function later(instant: string, hours: number): string {
  return new Date(Date.parse(instant) + hours * 3_600_000).toISOString()
}
