import type { Lead } from '#shared/domain/capture/lead.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { IdempotencyRecord } from '#shared/store/capture/lead-record.ts'
import { isFormTokenUsed, type SpamAssessment } from './assess-spam.ts'
import type { Submission } from './parse-submission.ts'
import { type SavedLead, toReceipt } from './route-lead.ts'

type QuarantineLeadDependencies = Pick<Dependencies, 'leads'>

/** Saves a suspicious lead for review by staff, without a decision. The response is that of a lead that no school matches. */
export async function quarantineLead(
  { draft, consent, person }: Submission,
  assessment: SpamAssessment,
  idempotency: IdempotencyRecord,
  { leads }: QuarantineLeadDependencies,
): Promise<SavedLead> {
  const lead: Lead = { ...draft, abuse: assessment.abuse, outcome: 'unmatched' }
  const receipt = toReceipt(lead, [])
  const saveResult = await leads.quarantineOnce({
    lead,
    consent,
    dedupeMarkers: assessment.tokenMarkers,
    people: [person.email, person.phone],
    response: { ...idempotency, body: JSON.stringify(receipt) },
  })
  if (saveResult === 'saved') return { kind: 'saved', receipt, dueDeliveries: [] }
  if (saveResult === 'already-saved' || saveResult === 'busy') return { kind: saveResult }
  return { kind: isFormTokenUsed(saveResult, assessment) ? 'form-token-used' : 'busy' }
}
