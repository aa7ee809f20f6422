import { readReconciliation } from '#shared/contract/reporting/reports.ts'
import { storyOf, type Town } from '#test/functions/town.ts'

export const today = '2026-11-23'

export function times(until: string) {
  return { until, deadline: '9999' }
}

export async function reconciled(town: Town, day = today) {
  town.house.pass(400)
  await town.house.reconcile()
  return report(town, day)
}

export function report({ house }: Town, day = today) {
  return house.staff('GET', `/v1/ops/reports/reconciliation?day=${day}`)
}

export async function differences(town: Town, day: string) {
  const { body } = await reconciled(town, day)
  return readReconciliation.responses[200].body.parse(body).differences
}

export function driftsOf({ house }: Town) {
  return house.measured.flatMap(({ metric, value }) => (metric === 'ReconciliationDrift' ? value : []))
}

export async function deliveryOf(town: Town, leadId: string, schoolId = 'alder'): Promise<string> {
  const { deliveries } = (await storyOf(town, leadId)) as { deliveries: { schoolId: string; deliveryId: string }[] }
  return deliveries.find((one) => one.schoolId === schoolId)?.deliveryId ?? 'none'
}

/** Takes every row of a partition away, or those of one kind. */
export async function remove({ house }: Town, pk: string, prefix = ' ') {
  const { items } = await house.engine.query({ in: 'leads', pk, sk: prefix === ' ' ? {} : { prefix }, limit: 100 })
  if (items.length === 0) throw new Error(`There is nothing to take away in ${pk}.`)
  await house.engine.transact(items.map(({ pk, sk }) => ({ in: 'leads', delete: { pk, sk } })))
}
