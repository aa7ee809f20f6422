import { addDays, addHours } from '../time.ts'
import type { Decision } from './decision.ts'

/** How long an unsold lead is offered again: after a month the visitor no longer expects a call. */
export const offerDays = 30
/** The interval of offers if no cap window ends sooner: a new campaign could want the lead. */
const hoursBetweenOffers = 24

type OfferContext = {
  decision: Decision
  receivedAt: string
  buyerCount: number
  maxSales: number
  /** How many schools the consent named: no other school may get the lead. */
  namedSchoolCount: number
}

/**
 * Returns when a lead is offered again, or undefined if no further offer can succeed. A parked lead is offered when its
 * window ends, an unsold lead also once a day, both for `offerDays`.
 */
export function findNextOfferTime({
  decision,
  receivedAt,
  buyerCount,
  maxSales,
  namedSchoolCount,
}: OfferContext): string | undefined {
  // A duplicate of the source remains a duplicate.
  if (
    buyerCount >= Math.min(maxSales, namedSchoolCount) ||
    decision.verdicts.some(({ reason, also }) => reason === 'DUPLICATE' || also?.includes('DUPLICATE'))
  )
    return undefined
  const waitingVerdicts = decision.verdicts.filter(
    ({ until, parked, also }) =>
      until !== undefined && !also?.includes('SCHOOL_NOT_NAMED_IN_CONSENT') && (parked || buyerCount === 0),
  )
  const windowEnds = waitingVerdicts.flatMap(({ until }) => until ?? [])
  const dailyRetry = buyerCount === 0 ? [addHours(decision.decidedAt, hoursBetweenOffers)] : []
  const [next] = [...windowEnds, ...dailyRetry].sort()
  return next !== undefined && isOfferable(receivedAt, next) ? next : undefined
}

/** Whether the visitor still expects a call at an instant. */
export function isOfferable(receivedAt: string, at: string): boolean {
  return at < addDays(receivedAt, offerDays)
}
