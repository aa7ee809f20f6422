import { addSeconds, shiftDay, toDay } from '../time.ts'

/**
 * When the figures of a day stop being recounted by themselves: two days later. A later change to one of its leads marks
 * the day.
 */
export function isRecountMarkNeeded(leadReceivedAt: string | undefined, changedAt: string): boolean {
  return leadReceivedAt === undefined || changedAt >= `${shiftDay(toDay(leadReceivedAt), 2)}T00:00:00.000Z`
}

/** Whether a count up to `until` includes every change that did not mark the day. The hour is for clocks that differ. */
export function isSettledCount(day: string, until: string): boolean {
  return until >= `${shiftDay(day, 2)}T01:00:00.000Z`
}

/**
 * Whether a past day is to be counted again at `now`: it was not over when it was counted, or that is `everySeconds` ago.
 * Figures of past days change little, and each count reads all leads of the day.
 */
export function isRecountDue(
  day: string,
  countedUntil: string | undefined,
  { now, everySeconds }: { now: string; everySeconds: number },
): boolean {
  return countedUntil === undefined || toDay(countedUntil) <= day || addSeconds(countedUntil, everySeconds) <= now
}
