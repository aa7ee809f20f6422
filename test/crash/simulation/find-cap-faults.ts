import { counterKey } from '#shared/store/keys.ts'
import type { DeliveryEvidence } from './check-world.ts'
import type { SimulatedWorld } from './run-world.ts'

type ExpectedCap = {
  schoolId: string
  owner: string
  counter: string
  limit: number
  amount: number
  period: 'hour' | 'day' | 'ever'
}

/** What the town's schools buy at most, written down once more and not read from where it is enforced. */
const caps: readonly ExpectedCap[] = [
  { schoolId: 'gamma', owner: 'campaigns#gamma', counter: 'leads-day', limit: 9, amount: 1, period: 'day' },
  { schoolId: 'alpha', owner: 'campaigns#alpha', counter: 'leads-hour', limit: 60, amount: 1, period: 'hour' },
  { schoolId: 'beta', owner: 'schools#beta', counter: 'leads-day', limit: 50, amount: 1, period: 'day' },
  { schoolId: 'delta', owner: 'schools#delta', counter: 'credit', limit: 45 * 4500, amount: 4500, period: 'ever' },
  { schoolId: 'zeta', owner: 'campaigns#zeta', counter: 'cents-day', limit: 40 * 4500, amount: 4500, period: 'day' },
  { schoolId: 'epsilon', owner: 'campaigns#epsilon', counter: 'leads-total', limit: 70, amount: 1, period: 'ever' },
]

/** No school was promised more than it buys, and each counter holds what its school was promised. */
export async function findCapFaults(
  deliveries: readonly DeliveryEvidence[],
  { engine }: SimulatedWorld,
): Promise<string[]> {
  const faults: string[] = []
  for (const cap of caps) {
    const schoolDeliveries = deliveries.filter(
      ({ row: { schoolId, erases } }) => schoolId === cap.schoolId && erases === undefined,
    )
    const promisedDeliveries = schoolDeliveries.filter(({ row }) => isPromised(row))
    // Of a delivery that was erased under way nobody knows whether the school has it: it may count.
    const uncertainCount = schoolDeliveries.filter(({ row }) => row.state === 'erased' && !isPromised(row)).length
    const windows = Map.groupBy(promisedDeliveries, ({ row }) => getWindow(String(row.createdAt), cap.period))
    for (const [window, windowDeliveries] of windows)
      if (windowDeliveries.length * cap.amount > cap.limit)
        faults.push(`${cap.schoolId} was promised ${windowDeliveries.length} leads in ${window}, more than it buys`)
    const { items } = await engine.query({ in: 'leads', pk: counterKey(cap.owner, '').pk, limit: 500 })
    const counters = items.filter(({ sk }) => sk === cap.counter || sk.startsWith(`${cap.counter}#`))
    const usedTotal = counters.reduce((sum, row) => sum + Number(row.used), 0)
    if (
      usedTotal < promisedDeliveries.length * cap.amount ||
      usedTotal > (promisedDeliveries.length + uncertainCount) * cap.amount
    )
      faults.push(
        `${cap.owner} counts ${usedTotal} for ${promisedDeliveries.length} leads, and ${uncertainCount} that were erased`,
      )
  }
  return faults
}

/** Whether a school was promised it, and has not given it back. */
function isPromised({ state, deliveredAt }: DeliveryEvidence['row']): boolean {
  return state === 'erased' ? deliveredAt !== undefined : state !== 'rejected' && state !== 'dead'
}

/** In Chicago, where it is six hours before UTC in winter. */
function getWindow(instant: string, period: ExpectedCap['period']): string {
  if (period === 'ever') return period
  const localInstant = new Date(Date.parse(instant) - 6 * 3_600_000).toISOString()
  return localInstant.slice(0, period === 'day' ? 10 : 13)
}
