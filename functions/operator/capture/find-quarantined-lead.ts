import { Refusal } from '#shared/contract/problems.ts'
import type { Lead } from '#shared/domain/capture/lead.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

/** @throws Refusal where there is no such lead, or it is not in the quarantine. */
export async function findQuarantinedLead(leadId: string, { leads }: Pick<Dependencies, 'leads'>): Promise<Lead> {
  const timeline = await leads.find(leadId)
  if (!timeline) throw new Refusal('NOT_FOUND', 'There is no lead of that id.')
  if (timeline.lead.quarantine !== 'held') throw createNotQuarantinedRefusal()
  return timeline.lead
}

export function createNotQuarantinedRefusal(): Refusal {
  return new Refusal('NOT_QUARANTINED', 'It never was in the quarantine, or somebody has let it out already.')
}
