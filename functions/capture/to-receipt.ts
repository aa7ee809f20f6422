import { leadReceipt } from '#shared/contract/capture/capture.ts'
import type { Lead } from '#shared/domain/capture/lead.ts'
import type { PlannedDelivery } from '#shared/domain/routing/plan-deliveries.ts'

/** What is answered for a lead, and again to every retry. */
export function toReceipt({ leadId, outcome, receivedAt }: Lead, plannedDeliveries: readonly PlannedDelivery[]) {
  const schools = plannedDeliveries.map(({ delivery: { schoolId, schoolName, deliveryId } }) => ({
    schoolId,
    name: schoolName,
    deliveryId,
  }))
  return leadReceipt.parse({ leadId, outcome, schools, receivedAt })
}
