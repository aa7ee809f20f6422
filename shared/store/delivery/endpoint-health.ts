import * as z from 'zod'
import { type CircuitState, circuitState, closedCircuit } from '../../domain/delivery/circuit-state.ts'
import { instant } from '../../domain/vocabulary.ts'
import type { Condition, Engine, Write } from '../engine/engine.ts'
import { disabledEndpointKey, endpointHealthKey, permitKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { toItem, toRowSchema } from '../rows.ts'

/** An endpoint that takes nothing any more. A campaign that has another address by now is not closed. */
export const disabledEndpoint = z.object({
  campaignId: z.string(),
  kind: z.enum(['webhook', 'email']),
  address: z.string(),
  why: z.enum(['gone', 'bounced', 'complained']),
  at: instant,
})
export type DisabledEndpoint = z.output<typeof disabledEndpoint>

/**
 * The line to a school: how it is doing, which of its slots are taken, which of its endpoints are closed. A slot is
 * free once its time has passed, so a deliverer that dies holds none for longer than its lease.
 */
export function endpointHealthStore(engine: Engine<Table>) {
  return {
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

    /** Writes how a school is doing, unless somebody knows it better than who saw `seen`: then that stands. */
    async saveCircuit(schoolId: string, next: CircuitState, previous: CircuitState): Promise<void> {
      const when: Condition = {
        any: [{ exists: false }, { attribute: 'failures', is: 'equal', value: previous.failures }],
      }
      await engine.transact([{ in: 'leads', put: { ...endpointHealthKey(schoolId), ...toItem(next) }, when }])
    },

    /** @throws where others were at it: whoever closes it is told of it again. */
    async disable(schoolId: string, endpoint: DisabledEndpoint): Promise<void> {
      const put = { ...disabledEndpointKey(schoolId, endpoint.kind, endpoint.campaignId), ...endpoint }
      const { done } = await engine.transact([{ in: 'leads', put }])
      if (!done) throw new Error('The endpoint could not be closed.')
    },
  }
}
export type EndpointHealthStore = ReturnType<typeof endpointHealthStore>

/** For the transaction that saves a campaign: who saves it wants its endpoints tried again. */
export function enableEndpointWrites(schoolId: string, campaignId: string): Write<Table>[] {
  return disabledEndpoint.shape.kind.options.map((kind) => ({
    in: 'leads',
    delete: disabledEndpointKey(schoolId, kind, campaignId),
  }))
}

/** One of the places that a school has for attempts at the same time. */
export type Permit = { schoolId: string; number: number }

/** For the transaction that takes a lease: of two who want a slot, one gets it. */
export function acquirePermitWrite(
  { schoolId, number }: Permit,
  token: string,
  now: string,
  until: string,
): Write<Table> {
  const isFree: Condition = { any: [{ exists: false }, { attribute: 'until', is: 'at-most', value: now }] }
  return { in: 'leads', change: permitKey(schoolId, number), set: { until, token }, when: isFree }
}

/** For the transaction that ends a lease: the slot is free from `until` on, if it is still ours. */
export function releasePermitWrite({ schoolId, number }: Permit, token: string, until: string): Write<Table> {
  const isOurs: Condition = { attribute: 'token', is: 'equal', value: token }
  return { in: 'leads', change: permitKey(schoolId, number), set: { until }, when: isOurs }
}

const circuitStateRow = toRowSchema(circuitState)
const disabledEndpointRow = toRowSchema(disabledEndpoint)
const permitRow = z.object({ sk: z.string(), until: z.string() })
