import { addSeconds } from '../time.ts'

/** An email to the visitor of a lead. `confirmation`: which schools may contact them, and how to stop that. */
export const visitorMessageKinds = ['confirmation'] as const
export type VisitorMessageKind = (typeof visitorMessageKinds)[number]

/** Seconds from each failed attempt to the next. After the last the message is dropped: it would come too late to be of use. */
export const messageRetryDelays = [60, 10 * 60, 3600, 6 * 3600] as const

/** Returns when to try again after so many attempts; undefined after the last. */
export function computeNextMessageAttempt(attempts: number, at: string): string | undefined {
  const delay = messageRetryDelays[attempts - 1]
  return delay === undefined ? undefined : addSeconds(at, delay)
}
