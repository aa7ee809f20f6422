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
/** Deliveries on hold come due over so many seconds after the pause, or over as long as they wait for it if that is shorter. */
const maxSpreadSeconds = 30

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
  const requestedSeconds = parseRetryDelaySeconds(result.retryAfter, endedAt)
  // A school that says how long it needs is believed, also if that is short, until it has failed too often.
  if (failures < maxFailures && (health === 'failing' || requestedSeconds !== undefined))
    return { failures, ...(requestedSeconds && openCircuit(requestedSeconds, endedAt)) }
  const pauseLengthSeconds = pauseSeconds[Math.min(Math.max(0, failures - maxFailures), pauseSeconds.length - 1)] ?? 0
  return { failures, ...openCircuit(Math.max(pauseLengthSeconds, requestedSeconds ?? 0), endedAt) }
}

/** Returns when to check an open circuit again; undefined if it is not open. `randomFraction` is in [0, 1). */
export function findRecheckTime({ opensAt }: CircuitState, now: string, randomFraction: number): string | undefined {
  if (opensAt === undefined || opensAt <= now) return undefined
  const waitSeconds = (Date.parse(opensAt) - Date.parse(now)) / 1000
  return addSeconds(opensAt, Math.min(maxSpreadSeconds, waitSeconds) * randomFraction)
}

/** How a school's circuit is shown: `until` is the end of the pause, which is past while the circuit is half-open. */
export const circuitView = z
  .object({
    state: z.enum(['closed', 'open', 'half-open']).meta({
      description:
        '`closed`: leads are sent. `open`: they wait until `until`. `half-open`: one lead at a time is sent until you answer.',
    }),
    until: instant.optional(),
    failures: z.int().meta({ description: 'Failures in a row.' }),
  })
  .meta({ id: 'Circuit' })

export function toCircuitView({ failures, opensAt }: CircuitState, now: string): z.output<typeof circuitView> {
  if (opensAt === undefined) return { state: 'closed', failures }
  return { state: opensAt > now ? 'open' : 'half-open', until: opensAt, failures }
}

/** Call only if the circuit is not open. While half-open, no second attempt is made at the same time. */
export function isHalfOpen({ opensAt }: CircuitState): boolean {
  return opensAt !== undefined
}

function classifyHealth(
  { kind, stage, status = 0 }: AttemptResult,
  finding: AttemptFinding,
): 'healthy' | 'failing' | 'throttled' | 'unknown' {
  if (kind !== 'webhook' || finding === 'internal-fault' || finding === 'endpoint-gone' || finding === 'stopped')
    return 'unknown'
  if (finding === 'throttled') return 'throttled'
  return stage === 'answered' && status < 500 ? 'healthy' : 'failing'
}

function openCircuit(seconds: number, from: string) {
  return { opensAt: addSeconds(from, seconds) }
}
