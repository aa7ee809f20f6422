import type { Row } from '#shared/store/engine/engine.ts'
import { deliveryKey, leadKey, personKey } from '#shared/store/keys.ts'
import type { DeliveryEvidence } from './check-world.ts'
import { digests } from './create-fault-injector.ts'
import type { SimulatedWorld } from './run-world.ts'

/**
 * What is left of people after staff were told that they are forgotten: nothing of a lead that had come by then, and each
 * school that has a delivery of it is told, or will be.
 */
export async function findErasureFaults(
  deliveries: readonly DeliveryEvidence[],
  world: SimulatedWorld,
): Promise<string[]> {
  const { engine, visitors, erasures, observations } = world
  const faults: string[] = []
  const notices = Map.groupBy(
    deliveries.filter(({ row }) => row.erases !== undefined),
    ({ row }) => String(row.erases),
  )
  const byLead = Map.groupBy(deliveries, ({ row }) => String(row.leadId))
  for (const { id, row } of deliveries) {
    if (row.state !== 'erased') continue
    if (notices.get(id)?.length !== 1)
      faults.push(`${id} was erased, and its school is told ${notices.get(id)?.length ?? 0} times`)
    const erasedAt = observations.erased.get(deliveryKey(id).pk) ?? 0
    const lateLease = (observations.leases.get(deliveryKey(id).pk) ?? []).find((lease) => lease > erasedAt)
    if (lateLease !== undefined) faults.push(`${id} was sent after its person was forgotten`)
  }
  for (const { email, at } of erasures.promisedErasures)
    for (const visitor of visitors) {
      const { receipt, answeredAt = Number.POSITIVE_INFINITY } = visitor
      if (visitor.email !== email || !receipt || answeredAt >= at) continue
      const { leadId } = receipt
      const leadDeliveries = byLead.get(leadId)?.filter(({ row }) => row.erases === undefined) ?? []
      for (const { id, row } of leadDeliveries)
        if (row.state !== 'erased') faults.push(`${id} is ${String(row.state)}, and its person was forgotten`)
      for (const row of await readLeadRows(leadId, leadDeliveries, world))
        if (JSON.stringify(row).includes(email)) faults.push(`${row.pk} ${row.sk} still names who was forgotten`)
      const { items } = await engine.query({
        in: 'leads',
        pk: personKey(digests.hashPerson({ email, phone: '' }).email, '').pk,
        limit: 50,
      })
      if (items.some(({ sk }) => sk === leadId)) faults.push(`${leadId} is still found by its address`)
    }
  return faults
}

async function readLeadRows(
  leadId: string,
  deliveries: readonly DeliveryEvidence[],
  { engine }: SimulatedWorld,
): Promise<Row[]> {
  const partitions = [leadKey(leadId).pk, ...deliveries.map(({ id }) => deliveryKey(id).pk)]
  const pages = await Promise.all(partitions.map((pk) => engine.query({ in: 'leads', pk, limit: 500 })))
  return pages.flatMap(({ items }) => items)
}
