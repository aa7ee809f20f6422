import * as z from 'zod'
import { type CircuitState, circuitState, closedCircuit } from '../../domain/delivery/circuit-state.ts'
import { instant } from '../../domain/vocabulary.ts'
import type { Condition, Engine, Write } from '../engine/engine.ts'
import { disabledEndpointKey, disabledMailboxKey, endpointHealthKey, permitKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { toItem, toRowSchema } from '../rows.ts'

/**
 * A disabled endpoint. It is disabled only for this address: a campaign that has a new one delivers again. A webhook is
 * disabled for its campaign, and a mailbox for the whole school, because its owner asked for no more email.
 */
export const disabledEndpoint = z.object({
  campaignId: z.string(),
  kind: z.enum(['webhook', 'email']),
  address: z.string(),
  why: z.enum(['gone', 'bounced', 'complained']),
  at: instant,
})
export type DisabledEndpoint = z.output<typeof disabledEndpoint>

/**
 * The endpoint health of a school: its circuit breaker, its concurrency permits and its disabled endpoints. A permit
 * expires on its own, so that a deliverer that dies does not hold it.
 */
export function endpointHealthStore(engine: Engine<Table>) {
  return {
    /** `busyUntil`: when each permit that was ever acquired expires, by its number. */
    async getBySchool(schoolId: string) {
      const rows = await queryAll(engine, { in: 'leads', pk: endpointHealthKey(schoolId).pk, limit: 100 })
      const circuitRow = rows.find(({ sk }) => sk === endpointHealthKey(schoolId).sk)
      const permits = rows.filter(({ sk }) => sk.startsWith('PERMIT#')).map((row) => permitRow.parse(row))
      return {
        circuit: circuitRow ? circuitStateRow.parse(circuitRow) : closedCircuit,
        busyUntil: Object.fromEntries(permits.map(({ sk, until }) => [sk.slice('PERMIT#'.length), until])),
        disabled: rows.filter(({ sk }) => sk.startsWith('DISABLED#')).map((row) => disabledEndpointRow.parse(row)),
      }
    },

    async getCircuit(schoolId: string): Promise<CircuitState> {
      const row = await engine.get({ in: 'leads', key: endpointHealthKey(schoolId) })
      return row ? circuitStateRow.parse(row) : closedCircuit
    },

    /** Saves the circuit, unless its failure count has changed since `previous` was read. */
    async saveCircuit(schoolId: string, next: CircuitState, previous: CircuitState): Promise<void> {
      const when: Condition = {
        any: [{ exists: false }, { attribute: 'failures', is: 'equal', value: previous.failures }],
      }
      await engine.transact([{ in: 'leads', put: { ...endpointHealthKey(schoolId), ...toItem(next) }, when }])
    },

    /** @throws if another write was under way; the caller's message is then processed again. */
    async disable(schoolId: string, endpoint: DisabledEndpoint): Promise<void> {
      const { kind, campaignId, address } = endpoint
      const rowKey =
        kind === 'email' ? disabledMailboxKey(schoolId, address) : disabledEndpointKey(schoolId, kind, campaignId)
      const put = { ...rowKey, ...endpoint }
      const { done } = await engine.transact([{ in: 'leads', put }])
      if (!done) throw new Error('The endpoint could not be disabled.')
    },
  }
}
export type EndpointHealthStore = ReturnType<typeof endpointHealthStore>

/** Saving a campaign enables its endpoints again: part of that transaction. */
export function enableEndpointWrites(
  schoolId: string,
  { campaignId, mailboxes }: { campaignId: string; mailboxes: readonly string[] },
): Write<Table>[] {
  // Rows of mailboxes were stored by campaign before they were stored by address.
  const writes = disabledEndpoint.shape.kind.options.map(
    (kind): Write<Table> => ({ in: 'leads', delete: disabledEndpointKey(schoolId, kind, campaignId) }),
  )
  return [...writes, ...enableMailboxWrites(schoolId, mailboxes)]
}

/** Saving a record with these addresses enables them again: part of that transaction. */
export function enableMailboxWrites(schoolId: string, mailboxes: readonly string[]): Write<Table>[] {
  const addresses = new Set(mailboxes.map((address) => address.toLowerCase()))
  return [...addresses].map((address) => ({ in: 'leads', delete: disabledMailboxKey(schoolId, address) }))
}

/** One of the concurrency permits of a school, counted from 0. */
export type Permit = { schoolId: string; number: number }

/** Acquires a permit if it is free at `now`: before the lease of a delivery, or with it. */
export function acquirePermitWrite(
  { schoolId, number }: Permit,
  { token, now, until }: { token: string; now: string; until: string },
): Write<Table> {
  const when: Condition = { any: [{ exists: false }, { attribute: 'until', is: 'at-most', value: now }] }
  return { in: 'leads', change: permitKey(schoolId, number), set: { until, token }, when, unique: 'token' }
}

/** Frees a permit from `until` on, if `token` still holds it. */
export function releasePermitWrite(
  { schoolId, number }: Permit,
  { token, until }: { token: string; until: string },
): Write<Table> {
  const when: Condition = { attribute: 'token', is: 'equal', value: token }
  return { in: 'leads', change: permitKey(schoolId, number), set: { until, token }, when, unique: 'token' }
}

const circuitStateRow = toRowSchema(circuitState)
const disabledEndpointRow = toRowSchema(disabledEndpoint)
const permitRow = z.object({ sk: z.string(), until: z.string() })
