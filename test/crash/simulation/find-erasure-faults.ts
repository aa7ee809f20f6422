import type { Row } from '#shared/store/engine/engine.ts'
import { deliveryKey, leadKey, personKey } from '#shared/store/keys.ts'
import { formatUnpacked } from '#test/functions/house/format-unpacked.ts'
import { digests } from './create-fault-injector.ts'
import type { DeliveryEvidence } from './create-schools.ts'
import type { SimulatedWorld } from './run-world.ts'

/**
 * Returns a fault for each personal datum that is left of a person whose erasure was confirmed, and for each erased delivery that
 * arrived at a school that does not get exactly one erasure notice, or of which a school that it was never sent to gets one.
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
  for (const { id, row, arrivals } of deliveries) {
    if (row.state !== 'erased') continue
    const leases = observations.leases.get(deliveryKey(id).pk) ?? []
    const hasLead = arrivals.some(({ verdict }) => verdict !== 'unreached') || row.takenAt !== undefined
    const noticeCount = notices.get(id)?.length ?? 0
    if (noticeCount !== 1 && (hasLead || noticeCount > 1))
      faults.push(`${id} was erased, but its school gets ${noticeCount} notices`)
    if (noticeCount > 0 && !hasLead && leases.length === 0)
      faults.push(`${id} was never sent to its school, which gets a notice of its erasure`)
    const erasedAt = observations.erased.get(deliveryKey(id).pk) ?? 0
    const lateLease = leases.find((lease) => lease > erasedAt)
    if (lateLease !== undefined) faults.push(`${id} was sent after its person was erased`)
  }
  for (const { email, at } of erasures.promisedErasures)
    for (const visitor of visitors) {
      const { receipt, respondedAt = Number.POSITIVE_INFINITY } = visitor
      if (visitor.email !== email || !receipt || respondedAt >= at) continue
      const { leadId } = receipt
      const leadDeliveries =
        byLead.get(leadId)?.filter(({ row }) => row.erases === undefined && row.withdraws === undefined) ?? []
      for (const { id, row } of leadDeliveries)
        if (row.state !== 'erased') faults.push(`${id} is ${String(row.state)}, but its person was erased`)
      for (const row of await readLeadRows(leadId, leadDeliveries, world))
        if (formatUnpacked(row).includes(email))
          faults.push(`${row.pk} ${row.sk} still contains the address of an erased person`)
      const { items } = await engine.query({
        in: 'leads',
        pk: personKey(digests.listPersonDigests({ email })[0] ?? '', '').pk,
        limit: 50,
      })
      if (items.some(({ sk }) => sk === leadId))
        faults.push(`${leadId} can still be found by the address of an erased person`)
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
