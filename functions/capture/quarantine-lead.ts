import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { NewLead } from './build-new-lead.ts'
import { isFormTokenUsed } from './is-form-token-used.ts'
import { toReceipt } from './to-receipt.ts'

type QuarantineLeadDependencies = Pick<Dependencies, 'leads' | 'digests'>

/** Keeps a suspicious lead for staff: nothing is decided, taken or sent. It is answered as one that nobody may have. */
export async function quarantineLead(
  { submission, draft, idempotency, tokenMarkers }: NewLead,
  { leads, digests }: QuarantineLeadDependencies,
) {
  const { email, phone } = digests.hashPerson(submission.contact)
  const lead = { ...draft.lead, outcome: 'unmatched' } as const
  const receipt = toReceipt(lead, [])
  const saveResult = await leads.quarantineOnce({
    lead,
    consent: draft.consent,
    dedupeMarkers: tokenMarkers,
    people: [email, phone],
    response: { ...idempotency, body: JSON.stringify(receipt) },
  })
  if (saveResult === 'saved') return { receipt, plannedDeliveries: [] }
  if (isFormTokenUsed(saveResult, tokenMarkers)) return 'token-used'
  return saveResult === 'standing' ? saveResult : 'busy'
}
