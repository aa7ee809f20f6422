import type { Row } from '#shared/store/engine/engine.ts'
import { deliveryKey, leadKey, personKey } from '#shared/store/keys.ts'
import { digests } from './edge.ts'
import type { Kept } from './oracle.ts'
import type { World } from './world.ts'

/**
 * What is left of people after staff were told that they are forgotten: nothing of a lead that had come by then, and each
 * school that has a delivery of it is told, or will be.
 */
export async function faultsOfForgotten(kept: readonly Kept[], world: World): Promise<string[]> {
  const { engine, visitors, forgetters, seen } = world
  const faults: string[] = []
  const notices = Map.groupBy(
    kept.filter(({ row }) => row.erases !== undefined),
    ({ row }) => String(row.erases),
  )
  const byLead = Map.groupBy(kept, ({ row }) => String(row.leadId))
  for (const { id, row } of kept) {
    if (row.state !== 'erased') continue
    if (notices.get(id)?.length !== 1)
      faults.push(`${id} was erased, and its school is told ${notices.get(id)?.length ?? 0} times`)
    const erasedAt = seen.erased.get(deliveryKey(id).pk) ?? 0
    const late = (seen.leases.get(deliveryKey(id).pk) ?? []).find((lease) => lease > erasedAt)
    if (late !== undefined) faults.push(`${id} was sent after its person was forgotten`)
  }
  for (const { email, at } of forgetters.promised)
    for (const visitor of visitors) {
      const { receipt, answeredAt = Number.POSITIVE_INFINITY } = visitor
      if (visitor.email !== email || !receipt || answeredAt >= at) continue
      const { leadId } = receipt
      const deliveries = byLead.get(leadId)?.filter(({ row }) => row.erases === undefined) ?? []
      for (const { id, row } of deliveries)
        if (row.state !== 'erased') faults.push(`${id} is ${String(row.state)}, and its person was forgotten`)
      for (const row of await rowsOf(leadId, deliveries, world))
        if (JSON.stringify(row).includes(email)) faults.push(`${row.pk} ${row.sk} still names who was forgotten`)
      const { items } = await engine.query({
        in: 'leads',
        pk: personKey(digests.ofPerson({ email, phone: '' }).email, '').pk,
        limit: 50,
      })
      if (items.some(({ sk }) => sk === leadId)) faults.push(`${leadId} is still found by its address`)
    }
  return faults
}

async function rowsOf(leadId: string, deliveries: readonly Kept[], { engine }: World): Promise<Row[]> {
  const partitions = [leadKey(leadId).pk, ...deliveries.map(({ id }) => deliveryKey(id).pk)]
  const pages = await Promise.all(partitions.map((pk) => engine.query({ in: 'leads', pk, limit: 500 })))
  return pages.flatMap(({ items }) => items)
}
