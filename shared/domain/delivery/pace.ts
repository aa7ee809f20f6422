import * as z from 'zod'
import { instant } from '../vocabulary.ts'
import type { Finding, Tried } from './attempt-outcome.ts'
import { retryAfterSeconds } from './retry-after.ts'
import { secondsAfter } from './retry-schedule.ts'

/** How a school is doing. While `opensAt` lies ahead nothing is sent to it; once it has passed, one attempt goes first. */
export const pace = z.object({
  failures: z.int().min(0).meta({ description: 'Breakdowns in a row.' }),
  opensAt: instant.optional(),
})
export type Pace = z.output<typeof pace>
export const steady: Pace = { failures: 0 }

/** A school that broke down so often in a row is left alone for a while. */
export const mostFailures = 5
/** Seconds for which it is left alone, from the first pause on. */
export const pauses = [30, 60, 2 * 60, 5 * 60, 10 * 60] as const
/** What is held back comes due this many seconds after the line opens, at most: not all at once. */
const spreadSeconds = 30

/** How a school is doing after an attempt. What is our fault, or says nothing of its health, changes nothing. */
export function paceAfter(before: Pace, tried: Tried, finding: Finding, endedAt: string): Pace {
  const news = newsOf(tried, finding)
  if (news === 'none') return before
  if (news === 'well') return steady
  const failures = before.failures + 1
  const asked = retryAfterSeconds(tried.retryAfter, endedAt) ?? 0
  if (news === 'broken' && failures < mostFailures) return { failures, ...(asked > 0 && opening(asked, endedAt)) }
  const pause = pauses[Math.min(Math.max(0, failures - mostFailures), pauses.length - 1)] ?? 0
  return { failures, ...opening(Math.max(pause, asked), endedAt) }
}

/** When to look again at what comes due while the line is closed, or nothing where it is open. `dice` is in [0, 1). */
export function heldUntil({ opensAt }: Pace, now: string, dice: number): string | undefined {
  return opensAt !== undefined && opensAt > now ? secondsAfter(opensAt, spreadSeconds * dice) : undefined
}

/** Whether the next attempt is to show that the school is back: until it has, there is no second beside it. */
export function isProbing({ opensAt }: Pace): boolean {
  return opensAt !== undefined
}

function newsOf({ kind, stage, status = 0 }: Tried, finding: Finding): 'well' | 'broken' | 'slow' | 'none' {
  if (kind === 'email' || finding === 'ours' || finding === 'gone' || finding === 'stopped') return 'none'
  if (finding === 'slow') return 'slow'
  return stage === 'answered' && status < 500 ? 'well' : 'broken'
}

function opening(seconds: number, from: string) {
  return { opensAt: secondsAfter(from, seconds) }
}
