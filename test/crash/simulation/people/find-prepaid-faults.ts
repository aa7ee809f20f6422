import { counterKey } from '#shared/store/keys.ts'
import type { DeliveryEvidence } from '../create-schools.ts'
import { isPromised } from '../find-cap-faults.ts'
import type { SimulatedWorld } from '../run-world.ts'

const leadCents = 4500

/** Returns a fault if the prepaid school epsilon was promised more than it paid for, or if its balance is not what it paid less that. */
export async function findPrepaidFaults(
  deliveries: readonly DeliveryEvidence[],
  { engine, observations }: SimulatedWorld,
): Promise<string[]> {
  const leads = deliveries.filter(
    ({ row: { schoolId, erases, withdraws } }) => schoolId === 'epsilon' && (erases ?? withdraws) === undefined,
  )
  const promisedCents = leads.filter(({ row }) => isPromised(row)).length * leadCents
  // If a delivery was erased during an attempt, the school may have it or not.
  const uncertain = leads.filter(({ row }) => row.state === 'erased' && !isPromised(row)).length
  const paidCents = [...observations.payments.values()].reduce((sum, cents) => sum + cents, 0)
  const row = await engine.get({ in: 'leads', key: counterKey('schools#epsilon', 'credit') })
  const owedCents = Number(row?.used ?? 0)
  const faults: string[] = []
  if (promisedCents > paidCents) faults.push(`epsilon was promised ${promisedCents} cents and paid ${paidCents}`)
  const expected = promisedCents - paidCents
  if (owedCents < expected || owedCents > expected + uncertain * leadCents)
    faults.push(`epsilon owes ${owedCents} cents by its counter, and ${expected} by its leads and payments`)
  return faults
}
