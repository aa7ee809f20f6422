import { addDays, addHours } from '../time.ts'
import type { Decision } from './decision.ts'

/** How long a lead is offered again while nobody has it: after a month a visitor no longer expects the call. */
export const offerDays = 30
/** How often it is offered again where no window says when that might help: a new campaign may want it. */
const hoursBetweenOffers = 24

type OfferContext = {
  decision: Decision
  receivedAt: string
  buyerCount: number
  maxSales: number
  /** How many schools the consent named: nobody else may have the lead, however long it waits. */
  namedSchoolCount: number
}

/**
 * When a lead is offered again, or nothing where that would be in vain: a parked lead when its window opens, one that
 * nobody has also from day to day, as long as the consent is fresh.
 */
export function findNextOfferTime({
  decision,
  receivedAt,
  buyerCount,
  maxSales,
  namedSchoolCount,
}: OfferContext): string | undefined {
  // A person who came through this source before is none the newer for waiting.
  if (
    buyerCount >= Math.min(maxSales, namedSchoolCount) ||
    decision.verdicts.some(({ reason }) => reason === 'DUPLICATE')
  )
    return undefined
  const waitingVerdicts = decision.verdicts.filter(
    ({ until, parked }) => until !== undefined && (parked || buyerCount === 0),
  )
  const windowEnds = waitingVerdicts.flatMap(({ until }) => until ?? [])
  const dailyRetry = buyerCount === 0 ? [addHours(decision.decidedAt, hoursBetweenOffers)] : []
  const [next] = [...windowEnds, ...dailyRetry].sort()
  return next !== undefined && isOfferable(receivedAt, next) ? next : undefined
}

/** Whether a visitor still expects the call. */
export function isOfferable(receivedAt: string, at: string): boolean {
  return at < addDays(receivedAt, offerDays)
}
