import { deliveryKey } from '#shared/store/keys.ts'
import type { DeliveryEvidence } from './check-world.ts'
import type { SimulatedWorld } from './run-world.ts'

/** Whoever was told that it goes out once more was told the truth: an attempt began later, or is still to come. */
export function findReplayFaults(
  deliveries: readonly DeliveryEvidence[],
  { staff, observations }: SimulatedWorld,
): string[] {
  const rows = new Map(deliveries.map(({ id, row }) => [id, row]))
  return staff.promisedReplays.flatMap(({ deliveryId, at }) => {
    const leases = observations.leases.get(deliveryKey(deliveryId).pk) ?? []
    const row = rows.get(deliveryId)
    const isDue = typeof row?.dueAt === 'string'
    return isDue || row?.state === 'erased' || leases.some((lease) => lease >= at)
      ? []
      : [`the replay of ${deliveryId} was swallowed`]
  })
}

/** Of one delivery two attempts were never under way together, and none began after its person had withdrawn. */
export function findSendingFaults({ sendings, observations, visitors, schools }: SimulatedWorld): string[] {
  const faults: string[] = []
  for (const [id, deliverySendings] of Map.groupBy(sendings, (sending) => sending.id))
    for (const [index, { startedAtMs }] of deliverySendings.entries()) {
      const overlapping = deliverySendings
        .slice(0, index)
        .find(({ endedAtMs, process }) => Math.min(endedAtMs, process.endedAt) > startedAtMs)
      if (overlapping) faults.push(`${id} was sent by two at the same time`)
    }
  const withdrawals = new Map(visitors.map(({ email, getWithdrawalTime }) => [email, getWithdrawalTime?.()]))
  for (const { id, person } of schools.log) {
    const at = withdrawals.get(person)
    if (at === undefined) continue
    const leases = observations.leases.get(deliveryKey(id).pk) ?? []
    const lateLease = leases.find((lease) => lease > at)
    if (lateLease !== undefined && schools.log.some((request) => request.id === id && request.at > lateLease))
      faults.push(`${id} was sent after its person had withdrawn`)
  }
  return faults
}
