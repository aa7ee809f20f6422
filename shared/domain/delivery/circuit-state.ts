import * as z from 'zod'
import { addSeconds } from '../time.ts'
import { instant } from '../vocabulary.ts'
import type { AttemptFinding, AttemptResult } from './classify-attempt.ts'
import { retryAfterSeconds } from './retry-after.ts'

/** How a school is doing. While `opensAt` lies ahead nothing is sent to it; once it has passed, one attempt goes first. */
export const circuitState = z.object({
  failures: z.int().min(0).meta({ description: 'Breakdowns in a row.' }),
  opensAt: instant.optional(),
})
export type CircuitState = z.output<typeof circuitState>
export const closedCircuit: CircuitState = { failures: 0 }

/** A school that broke down so often in a row is left alone for a while. */
export const maxFailures = 5
/** Seconds for which it is left alone, from the first pause on. */
export const pauseSeconds = [30, 60, 2 * 60, 5 * 60, 10 * 60] as const
/** What is held back comes due this many seconds after the line opens, at most: not all at once. */
const spreadSeconds = 30

/** How a school is doing after an attempt. What is our fault, or says nothing of its health, changes nothing. */
export function updateCircuit(
  before: CircuitState,
  result: AttemptResult,
  finding: AttemptFinding,
  endedAt: string,
): CircuitState {
  const health = classifyHealth(result, finding)
  if (health === 'none') return before
  if (health === 'well') return closedCircuit
  const failures = before.failures + 1
  const requestedSeconds = retryAfterSeconds(result.retryAfter, endedAt) ?? 0
  if (health === 'broken' && failures < maxFailures)
    return { failures, ...(requestedSeconds > 0 && openCircuit(requestedSeconds, endedAt)) }
  const pauseLengthSeconds = pauseSeconds[Math.min(Math.max(0, failures - maxFailures), pauseSeconds.length - 1)] ?? 0
  return { failures, ...openCircuit(Math.max(pauseLengthSeconds, requestedSeconds), endedAt) }
}

/** When to look again at what comes due while the line is closed, or nothing where it is open. `dice` is in [0, 1). */
export function findRecheckTime({ opensAt }: CircuitState, now: string, randomFraction: number): string | undefined {
  return opensAt !== undefined && opensAt > now ? addSeconds(opensAt, spreadSeconds * randomFraction) : undefined
}

/** Whether the next attempt is to show that the school is back: until it has, there is no second beside it. */
export function isHalfOpen({ opensAt }: CircuitState): boolean {
  return opensAt !== undefined
}

function classifyHealth(
  { kind, stage, status = 0 }: AttemptResult,
  finding: AttemptFinding,
): 'well' | 'broken' | 'slow' | 'none' {
  if (kind === 'email' || finding === 'ours' || finding === 'gone' || finding === 'stopped') return 'none'
  if (finding === 'slow') return 'slow'
  return stage === 'answered' && status < 500 ? 'well' : 'broken'
}

function openCircuit(seconds: number, from: string) {
  return { opensAt: addSeconds(from, seconds) }
}
