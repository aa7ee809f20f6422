import { leadReceipt } from '#shared/contract/capture/capture.ts'
import type { Lead } from '#shared/domain/capture/lead.ts'
import type { Taken } from '#shared/domain/routing/take-lead.ts'

/** What is answered for a lead, and again to every retry. */
export function receiptOf({ leadId, outcome, receivedAt }: Lead, taken: readonly Taken[]) {
  const schools = taken.map(({ delivery: { schoolId, schoolName, deliveryId } }) => ({
    schoolId,
    name: schoolName,
    deliveryId,
  }))
  return leadReceipt.parse({ leadId, outcome, schools, receivedAt })
}
