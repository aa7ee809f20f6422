import { readReconciliation } from '#shared/contract/reporting/reports.ts'
import { readLead, type TestSystem } from '#test/functions/create-test-system.ts'

export const today = '2026-11-23'

export function toReconcileWindow(until: string) {
  return { until, deadline: '9999' }
}

export async function reconcileAndReport(system: TestSystem, day = today) {
  system.api.advanceClock(400)
  await system.api.reconcile()
  return readReport(system, day)
}

export function readReport({ api }: TestSystem, day = today) {
  return api.staff('GET', `/v1/ops/reports/reconciliation?day=${day}`)
}

export async function reconcileDifferences(system: TestSystem, day: string) {
  const { body } = await reconcileAndReport(system, day)
  return readReconciliation.responses[200].body.parse(body).differences
}

export function listDrifts({ api }: TestSystem) {
  return api.measurements.flatMap(({ metric, value }) => (metric === 'ReconciliationDrift' ? value : []))
}

export async function findDeliveryId(system: TestSystem, leadId: string, schoolId = 'alder'): Promise<string> {
  const { deliveries } = (await readLead(system, leadId)) as { deliveries: { schoolId: string; deliveryId: string }[] }
  return deliveries.find((delivery) => delivery.schoolId === schoolId)?.deliveryId ?? 'none'
}

/** Deletes all rows of a partition, or those of one kind. */
export async function deleteRows({ api }: TestSystem, pk: string, prefix = ' ') {
  const { items } = await api.engine.query({ in: 'leads', pk, sk: prefix === ' ' ? {} : { prefix }, limit: 100 })
  if (items.length === 0) throw new Error(`There is nothing to take away in ${pk}.`)
  await api.engine.transact(items.map(({ pk, sk }) => ({ in: 'leads', delete: { pk, sk } })))
}
