import * as z from 'zod'
import { addSeconds } from '../time.ts'
import { instant } from '../vocabulary.ts'
import type { AttemptFinding, AttemptResult } from './classify-attempt.ts'
import { parseRetryDelaySeconds } from './retry-after.ts'

/**
 * The circuit breaker of a school's webhooks. Without `opensAt` it is closed: attempts are made. Until `opensAt` it is
 * open: none is made. After `opensAt` it is half-open: one attempt at a time shows whether the school is back.
 */
export const circuitState = z.object({
  failures: z.int().min(0).meta({ description: 'Failures in a row.' }),
  opensAt: instant.optional(),
})
export type CircuitState = z.output<typeof circuitState>
export const closedCircuit: CircuitState = { failures: 0 }

/** So many failures in a row open the circuit. */
export const maxFailures = 5
/** Seconds for which the circuit stays open, the first time and each further time in a row. */
export const pauseSeconds = [30, 60, 2 * 60, 5 * 60, 10 * 60] as const
/** Deliveries on hold come due over so many seconds after the pause, not all at once. */
const spreadSeconds = 30

/** Returns the circuit after an attempt; the same object if the attempt says nothing about the school's health. */
export function updateCircuit(
  previous: CircuitState,
  result: AttemptResult,
  finding: AttemptFinding,
  endedAt: string,
): CircuitState {
  const health = classifyHealth(result, finding)
  if (health === 'unknown') return previous
  if (health === 'healthy') return closedCircuit
  const failures = previous.failures + 1
  const requestedSeconds = parseRetryDelaySeconds(result.retryAfter, endedAt) ?? 0
  if (health === 'failing' && failures < maxFailures)
    return { failures, ...(requestedSeconds > 0 && openCircuit(requestedSeconds, endedAt)) }
  const pauseLengthSeconds = pauseSeconds[Math.min(Math.max(0, failures - maxFailures), pauseSeconds.length - 1)] ?? 0
  return { failures, ...openCircuit(Math.max(pauseLengthSeconds, requestedSeconds), endedAt) }
}

/** Returns when to check an open circuit again; undefined if it is not open. `randomFraction` is in [0, 1). */
export function findRecheckTime({ opensAt }: CircuitState, now: string, randomFraction: number): string | undefined {
  return opensAt !== undefined && opensAt > now ? addSeconds(opensAt, spreadSeconds * randomFraction) : undefined
}

/** Call only if the circuit is not open. While half-open, no second attempt is made at the same time. */
export function isHalfOpen({ opensAt }: CircuitState): boolean {
  return opensAt !== undefined
}

function classifyHealth(
  { kind, stage, status = 0 }: AttemptResult,
  finding: AttemptFinding,
): 'healthy' | 'failing' | 'throttled' | 'unknown' {
  if (kind === 'email' || finding === 'internal-fault' || finding === 'endpoint-gone' || finding === 'stopped')
    return 'unknown'
  if (finding === 'throttled') return 'throttled'
  return stage === 'answered' && status < 500 ? 'healthy' : 'failing'
}

function openCircuit(seconds: number, from: string) {
  return { opensAt: addSeconds(from, seconds) }
}
