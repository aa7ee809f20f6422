import { counterKey } from '#shared/store/keys.ts'
import type { DeliveryEvidence } from './create-schools.ts'
import type { SimulatedWorld } from './run-world.ts'

type ExpectedCap = {
  schoolId: string
  owner: string
  counter: string
  limit: number
  amount: number
  period: 'hour' | 'day' | 'ever'
}

/** The limits of prepare-system.ts, written again so that the check does not depend on the code that enforces them. */
const caps: readonly ExpectedCap[] = [
  { schoolId: 'gamma', owner: 'campaigns#gamma', counter: 'leads-day', limit: 9, amount: 1, period: 'day' },
  { schoolId: 'alpha', owner: 'campaigns#alpha', counter: 'leads-hour', limit: 60, amount: 1, period: 'hour' },
  { schoolId: 'beta', owner: 'schools#beta', counter: 'leads-day', limit: 50, amount: 1, period: 'day' },
  { schoolId: 'delta', owner: 'schools#delta', counter: 'credit', limit: 45 * 4500, amount: 4500, period: 'ever' },
  { schoolId: 'zeta', owner: 'campaigns#zeta', counter: 'cents-day', limit: 40 * 4500, amount: 4500, period: 'day' },
  { schoolId: 'epsilon', owner: 'campaigns#epsilon', counter: 'leads-total', limit: 70, amount: 1, period: 'ever' },
]

/** Returns a fault for each school that was promised more than its cap, and for each counter that differs from the deliveries. */
export async function findCapFaults(
  deliveries: readonly DeliveryEvidence[],
  { engine }: SimulatedWorld,
): Promise<string[]> {
  const faults: string[] = []
  for (const cap of caps) {
    const schoolDeliveries = deliveries.filter(
      ({ row: { schoolId, campaignId, erases, withdraws } }) =>
        cap.owner === (cap.owner.startsWith('schools#') ? `schools#${schoolId}` : `campaigns#${campaignId}`) &&
        // A campaign that was deleted and created again belongs to another school and has counters of its own.
        schoolId === cap.schoolId &&
        erases === undefined &&
        withdraws === undefined,
    )
    const promisedDeliveries = schoolDeliveries.filter(({ row }) => isPromised(row))
    // If a delivery was erased during an attempt, the school may have it or not, so the counter may include it or not.
    const uncertainCount = schoolDeliveries.filter(({ row }) => row.state === 'erased' && !isPromised(row)).length
    const windows = Map.groupBy(promisedDeliveries, ({ row }) => getWindow(String(row.createdAt), cap.period))
    for (const [window, windowDeliveries] of windows)
      if (windowDeliveries.length * cap.amount > cap.limit)
        faults.push(`${cap.schoolId} was promised ${windowDeliveries.length} leads in ${window}, over its cap`)
    const { items } = await engine.query({ in: 'leads', pk: counterKey(cap.owner, '').pk, limit: 500 })
    const counters = items.filter(({ sk }) => sk === cap.counter || sk.startsWith(`${cap.counter}#`))
    const usedTotal = counters.reduce((sum, row) => sum + Number(row.used), 0)
    if (
      usedTotal < promisedDeliveries.length * cap.amount ||
      usedTotal > (promisedDeliveries.length + uncertainCount) * cap.amount
    )
      faults.push(
        `${cap.owner} counts ${usedTotal} for ${promisedDeliveries.length} leads and ${uncertainCount} erased ones`,
      )
  }
  return faults
}

/** Whether the delivery counts toward the caps of its school: it is neither rejected nor dead. */
export function isPromised({ state, deliveredAt }: DeliveryEvidence['row']): boolean {
  return state === 'erased' ? deliveredAt !== undefined : state !== 'rejected' && state !== 'dead'
}

/** Returns the cap period in Chicago, which is six hours behind UTC in winter. */
function getWindow(instant: string, period: ExpectedCap['period']): string {
  if (period === 'ever') return period
  const localInstant = new Date(Date.parse(instant) - 6 * 3_600_000).toISOString()
  return localInstant.slice(0, period === 'day' ? 10 : 13)
}
