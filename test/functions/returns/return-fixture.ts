import * as z from 'zod'
import { readDeliveryLog } from '#shared/contract/delivery/school-leads.ts'
import { counterOwner } from '#shared/domain/routing/caps.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import type { TestSystem } from '#test/functions/create-test-system.ts'
import { createTestMarket, deliverDue, visit } from '#test/functions/routing/create-test-market.ts'
import { readCounters } from '#test/functions/routing/stored-rows.ts'
import { memoryEngine } from '#test/memory-engine.ts'

/** A school with a cap, a budget and a credit limit, its API key, and one delivered lead. */
export async function aBuyer(
  campaign: object = {},
  between = (engine: Engine<Table>) => engine,
  engines: (now: () => Date) => Engine<Table> = memoryEngine,
) {
  const caps = [
    { period: 'day', limit: 5 },
    { period: 'total', limit: 100_000, unit: 'cents' },
  ]
  const schoolSetup = { campaign: { caps, ...campaign }, school: { creditCents: 50_000 } }
  const createEngine = (now: () => Date) => between(engines(now))
  const system = await createTestMarket({ alder: schoolSetup, birch: {} }, { createEngine })
  const { receipt } = await visit(system, 1, {}, {}, ['alder'])
  const deliveryId = receipt.schools[0]?.deliveryId ?? ''
  const key = await system.api.schoolKey('alder')
  return { town: system, key, leadId: receipt.leadId, deliveryId, deliver: () => deliverDue(system) }
}
export type Buyer = Awaited<ReturnType<typeof aBuyer>>

export function requestReturn(
  { town: system, key, deliveryId }: Pick<Buyer, 'town' | 'key' | 'deliveryId'>,
  body: object = { reason: 'invalid-contact' },
) {
  const headers = { authorization: `Bearer ${key}` }
  return system.api.call('POST', `/v1/school/deliveries/${deliveryId}/returns`, { headers, body })
}

export function acceptReturn({ town: system, deliveryId }: Pick<Buyer, 'town' | 'deliveryId'>, body: object = {}) {
  return system.api.staff('POST', `/v1/ops/deliveries/${deliveryId}/return/accept`, { body })
}

export function refuseReturn(
  { town: system, deliveryId }: Pick<Buyer, 'town' | 'deliveryId'>,
  answer = 'We called and were heard.',
) {
  return system.api.staff('POST', `/v1/ops/deliveries/${deliveryId}/return/refuse`, { body: { answer } })
}

export async function readLog({ town: system, key, deliveryId }: Buyer) {
  const headers = { authorization: `Bearer ${key}` }
  const { body } = await system.api.call('GET', `/v1/school/deliveries/${deliveryId}`, { headers })
  return readDeliveryLog.responses[200].body.parse(body)
}

/** The values of the counters of campaign and school, without their names. */
export async function readSchoolCounters({ api }: TestSystem, id = 'alder') {
  const owners = [counterOwner('campaigns', id), counterOwner('schools', id)]
  const counters = await Promise.all(owners.map((owner) => readCounters(api, owner)))
  const entries = counters.flatMap((one) => Object.entries(one))
  return Object.fromEntries(entries.map(([name, count]) => [name.replace(/#.*/, ''), count]))
}

export const returnList = z.object({
  returns: z.array(z.looseObject({ deliveryId: z.string(), state: z.string() })),
  page: z.object({ nextCursor: z.string().nullable() }),
})
