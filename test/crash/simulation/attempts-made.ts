import { deliveryKey } from '#shared/store/keys.ts'
import type { Kept } from './oracle.ts'
import type { World } from './world.ts'

/** Whoever was told that it goes out once more was told the truth: an attempt began later, or is still to come. */
export function faultsOfReplays(kept: readonly Kept[], { staff, seen }: World): string[] {
  const rows = new Map(kept.map(({ id, row }) => [id, row]))
  return staff.told.flatMap(({ deliveryId, at }) => {
    const leases = seen.leases.get(deliveryKey(deliveryId).pk) ?? []
    const row = rows.get(deliveryId)
    const isDue = typeof row?.dueAt === 'string'
    return isDue || row?.state === 'erased' || leases.some((lease) => lease >= at)
      ? []
      : [`the replay of ${deliveryId} was swallowed`]
  })
}

/** Of one delivery two attempts were never under way together, and none began after its person had withdrawn. */
export function faultsOfSendings({ sendings, seen, visitors, schools }: World): string[] {
  const faults: string[] = []
  for (const [id, made] of Map.groupBy(sendings, (one) => one.id))
    for (const [index, { began }] of made.entries()) {
      const before = made.slice(0, index).find(({ ended, process }) => Math.min(ended, process.endedAt) > began)
      if (before) faults.push(`${id} was sent by two at the same time`)
    }
  const withdrawals = new Map(visitors.map(({ email, withdrewAt }) => [email, withdrewAt?.()]))
  for (const { id, person } of schools.log) {
    const at = withdrawals.get(person)
    if (at === undefined) continue
    const leases = seen.leases.get(deliveryKey(id).pk) ?? []
    const late = leases.find((lease) => lease > at)
    if (late !== undefined && schools.log.some((one) => one.id === id && one.at > late))
      faults.push(`${id} was sent after its person had withdrawn`)
  }
  return faults
}
