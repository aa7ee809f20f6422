import * as z from 'zod'
import { readDeliveryLog } from '#shared/contract/school.ts'
import { ownerOf } from '#shared/domain/routing/caps.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { countersOf } from '#test/functions/routing/ledger.ts'
import { aMarket, deliverDue, visit } from '#test/functions/routing/market.ts'
import type { Town } from '#test/functions/town.ts'
import { memoryEngine } from '#test/memory-engine.ts'

/** A school with a cap, a budget and credit, one lead of it that was delivered, and its key. */
export async function aBuyer(
  campaign: object = {},
  between = (engine: Engine<Table>) => engine,
  engines: (now: () => Date) => Engine<Table> = memoryEngine,
) {
  const caps = [
    { period: 'day', limit: 5 },
    { period: 'total', limit: 100_000, unit: 'cents' },
  ]
  const stall = { campaign: { caps, ...campaign }, school: { creditCents: 50_000 } }
  const engineOf = (now: () => Date) => between(engines(now))
  const town = await aMarket({ alder: stall, birch: {} }, { engineOf })
  const { receipt } = await visit(town, 1, {}, {}, ['alder'])
  const deliveryId = receipt.schools[0]?.deliveryId ?? ''
  const key = await town.house.schoolKey('alder')
  return { town, key, leadId: receipt.leadId, deliveryId, deliver: () => deliverDue(town) }
}
export type Buyer = Awaited<ReturnType<typeof aBuyer>>

export function claim(
  { town, key, deliveryId }: Pick<Buyer, 'town' | 'key' | 'deliveryId'>,
  body: object = { reason: 'invalid-contact' },
) {
  const headers = { authorization: `Bearer ${key}` }
  return town.house.call('POST', `/v1/school/deliveries/${deliveryId}/returns`, { headers, body })
}

export function accept({ town, deliveryId }: Pick<Buyer, 'town' | 'deliveryId'>, body: object = {}) {
  return town.house.staff('POST', `/v1/ops/deliveries/${deliveryId}/return/accept`, { body })
}

export function refuse({ town, deliveryId }: Pick<Buyer, 'town' | 'deliveryId'>, answer = 'We called and were heard.') {
  return town.house.staff('POST', `/v1/ops/deliveries/${deliveryId}/return/refuse`, { body: { answer } })
}

export async function logOf({ town, key, deliveryId }: Buyer) {
  const headers = { authorization: `Bearer ${key}` }
  const { body } = await town.house.call('GET', `/v1/school/deliveries/${deliveryId}`, { headers })
  return readDeliveryLog.responses[200].body.parse(body)
}

/** What stands in the counters of campaign and school, whatever the windows are called. */
export async function countedOf({ house }: Town, id = 'alder') {
  const owners = [ownerOf('campaigns', id), ownerOf('schools', id)]
  const counters = await Promise.all(owners.map((owner) => countersOf(house, owner)))
  const named = counters.flatMap((one) => Object.entries(one))
  return Object.fromEntries(named.map(([name, used]) => [name.replace(/#.*/, ''), used]))
}

export const listed = z.object({
  returns: z.array(z.looseObject({ deliveryId: z.string(), state: z.string() })),
  page: z.object({ nextCursor: z.string().nullable() }),
})
