import { toConsentUse } from '../../domain/delivery/binding.ts'
import type { SchoolEvent } from '../../domain/delivery/school-event.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { LeasedDelivery } from '../../store/delivery/delivery-row.ts'

export type FindSuppressionDependencies = Pick<Dependencies, 'digests' | 'suppressions'>

/**
 * Returns why a lead may not be sent, or undefined if it may. Called before each attempt: the person may have withdrawn
 * consent, or a list may have been imported.
 */
export async function findSuppressionReason(
  lease: LeasedDelivery,
  event: SchoolEvent,
  { digests, suppressions }: FindSuppressionDependencies,
): Promise<string | undefined> {
  if (event.type !== 'lead.created') return undefined
  if (lease.withdrawnAt !== undefined) return suppressionReasons.person
  const suppressedBy = await suppressions.findSuppression(
    digests.listStoredDigests(event.data.contact),
    toConsentUse(lease, event),
  )
  return suppressedBy && suppressionReasons[suppressedBy]
}

const suppressionReasons = {
  person: 'The visitor has withdrawn consent.',
  'do-not-call': 'The visitor is on a do-not-call list.',
  litigator: 'The visitor is on a list of people who sue over calls.',
} as const
