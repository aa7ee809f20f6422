import { Refusal } from '#shared/contract/problems.ts'
import type { Lead } from '#shared/domain/capture/lead.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

/** @throws Refusal if there is no such lead, or if it is not held for review. */
export async function findQuarantinedLead(leadId: string, { leads }: Pick<Dependencies, 'leads'>): Promise<Lead> {
  const timeline = await leads.find(leadId)
  if (!timeline) throw new Refusal('NOT_FOUND', 'Lead not found.')
  if (timeline.lead.quarantine !== 'held') throw createNotQuarantinedRefusal()
  return timeline.lead
}

export function createNotQuarantinedRefusal(): Refusal {
  return new Refusal('NOT_QUARANTINED', 'The lead is not held for review, or was already released or rejected.')
}
