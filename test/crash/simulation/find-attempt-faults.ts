import { deliveryKey, leadKey } from '#shared/store/keys.ts'
import type { DeliveryEvidence } from './create-schools.ts'
import type { SimulatedWorld } from './run-world.ts'

/** Clocks of two processes differ by less. */
export const maxSkewMs = 10_000

/** Returns a fault for each confirmed replay after which no attempt began and none is due. */
export function findReplayFaults(
  deliveries: readonly DeliveryEvidence[],
  { staff, observations }: SimulatedWorld,
): string[] {
  const rows = new Map(deliveries.map(({ id, row }) => [id, row]))
  return staff.promisedReplays.flatMap(({ deliveryId, at }) => {
    const leases = observations.leases.get(deliveryKey(deliveryId).pk) ?? []
    const row = rows.get(deliveryId)
    const isDue = typeof row?.dueAt === 'string'
    // An erasure, a withdrawal, a new legal name and an officer who opens the lead end the delivery before its replay.
    const isEnded = row?.state === 'erased' || (row?.withdrawnAt ?? row?.unbound ?? row?.takenAt) !== undefined
    return isDue || isEnded || leases.some((lease) => lease >= at) ? [] : [`the replay of ${deliveryId} never happened`]
  })
}

/** Returns a fault for each two attempts of a delivery that overlap, and for each that began after its person withdrew. */
export async function findSendingFaults({
  engine,
  sendings,
  observations,
  visitors,
  schools,
}: SimulatedWorld): Promise<string[]> {
  const faults: string[] = []
  for (const [id, deliverySendings] of Map.groupBy(sendings, (sending) => sending.id))
    for (const [index, { startedAtMs }] of deliverySendings.entries()) {
      const overlapping = deliverySendings
        .slice(0, index)
        .find(({ endedAtMs, process }) => Math.min(endedAtMs, process.endedAt) > startedAtMs)
      if (overlapping) faults.push(`${id} was sent by two processes at the same time`)
    }
  const withdrawals = new Map(visitors.map(({ email, getWithdrawalTime }) => [email, getWithdrawalTime?.()]))
  for (const { id, person, leadId } of schools.log) {
    const at = withdrawals.get(person)
    if (at === undefined) continue
    const lead = await engine.get({ in: 'leads', key: leadKey(leadId) })
    // A later consent supersedes the withdrawal.
    if (!lead || Date.parse(String(lead.receivedAt)) > at - maxSkewMs) continue
    const leases = observations.leases.get(deliveryKey(id).pk) ?? []
    const lateLease = leases.find((lease) => lease > at)
    if (lateLease !== undefined && schools.log.some((request) => request.id === id && request.at > lateLease))
      faults.push(`${id} was sent after its person had withdrawn`)
  }
  return faults
}
