import { counterKey } from '#shared/store/keys.ts'
import type { Kept } from './oracle.ts'
import type { World } from './world.ts'

type Cap = {
  schoolId: string
  owner: string
  counter: string
  limit: number
  amount: number
  period: 'hour' | 'day' | 'ever'
}

/** What the town's schools buy at most, written down once more and not read from where it is enforced. */
const caps: readonly Cap[] = [
  { schoolId: 'gamma', owner: 'campaigns#gamma', counter: 'leads-day', limit: 9, amount: 1, period: 'day' },
  { schoolId: 'alpha', owner: 'campaigns#alpha', counter: 'leads-hour', limit: 60, amount: 1, period: 'hour' },
  { schoolId: 'beta', owner: 'schools#beta', counter: 'leads-day', limit: 50, amount: 1, period: 'day' },
  { schoolId: 'delta', owner: 'schools#delta', counter: 'credit', limit: 45 * 4500, amount: 4500, period: 'ever' },
  { schoolId: 'zeta', owner: 'campaigns#zeta', counter: 'cents-day', limit: 40 * 4500, amount: 4500, period: 'day' },
  { schoolId: 'epsilon', owner: 'campaigns#epsilon', counter: 'leads-total', limit: 70, amount: 1, period: 'ever' },
]

/** No school was promised more than it buys, and each counter holds what its school was promised. */
export async function faultsOfCounts(kept: readonly Kept[], { engine }: World): Promise<string[]> {
  const faults: string[] = []
  for (const cap of caps) {
    const own = kept.filter(({ row: { schoolId, erases } }) => schoolId === cap.schoolId && erases === undefined)
    const promised = own.filter(({ row }) => stands(row))
    // Of a delivery that was erased under way nobody knows whether the school has it: it may count.
    const open = own.filter(({ row }) => row.state === 'erased' && !stands(row)).length
    const windows = Map.groupBy(promised, ({ row }) => windowOf(String(row.createdAt), cap.period))
    for (const [window, all] of windows)
      if (all.length * cap.amount > cap.limit)
        faults.push(`${cap.schoolId} was promised ${all.length} leads in ${window}, more than it buys`)
    const { items } = await engine.query({ in: 'leads', pk: counterKey(cap.owner, '').pk, limit: 500 })
    const counters = items.filter(({ sk }) => sk === cap.counter || sk.startsWith(`${cap.counter}#`))
    const used = counters.reduce((sum, row) => sum + Number(row.used), 0)
    if (used < promised.length * cap.amount || used > (promised.length + open) * cap.amount)
      faults.push(`${cap.owner} counts ${used} for ${promised.length} leads, and ${open} that were erased`)
  }
  return faults
}

/** Whether a school was promised it, and has not given it back. */
function stands({ state, deliveredAt }: Kept['row']): boolean {
  return state === 'erased' ? deliveredAt !== undefined : state !== 'rejected' && state !== 'dead'
}

/** In Chicago, where it is six hours before UTC in winter. */
function windowOf(instant: string, period: Cap['period']): string {
  if (period === 'ever') return period
  const here = new Date(Date.parse(instant) - 6 * 3_600_000).toISOString()
  return here.slice(0, period === 'day' ? 10 : 13)
}
