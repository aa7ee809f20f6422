import { readPublisherLead as route } from '#shared/contract/capture/publisher-leads.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { requireSourceOwner } from '../require-source-owner.ts'
import { type LoadPublisherLeadDependencies, loadPublisherLead } from './load-publisher-lead.ts'

type ReadPublisherLeadDependencies = Pick<Dependencies, 'records'> & LoadPublisherLeadDependencies

/** Returns what became of a lead of the source. A lead of another source looks like one that does not exist. */
export async function readPublisherLead(
  { params, principal }: Request<typeof route>,
  deps: ReadPublisherLeadDependencies,
): Promise<Reply<typeof route>> {
  const lead = await loadPublisherLead(params.leadId, await requireSourceOwner(principal, deps), deps)
  if (!lead) throw new Refusal('NOT_FOUND', 'Lead not found.')
  return { status: 200, body: lead }
}

export const handler = defineHandler(route, readPublisherLead)
