import { rejectLead as route } from '#shared/contract/capture/quarantine.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { createNotQuarantinedRefusal, findQuarantinedLead } from './find-quarantined-lead.ts'

type RejectLeadDependencies = Pick<Dependencies, 'leads' | 'quarantine'>

/** Rejects a lead that is held for review. It is kept, so that its source can still learn why no school called. */
export async function rejectLead(
  { params }: Request<typeof route>,
  deps: RejectLeadDependencies,
): Promise<Reply<typeof route>> {
  const { leadId } = params
  await findQuarantinedLead(leadId, deps)
  if (!(await deps.quarantine.reject(leadId))) throw createNotQuarantinedRefusal()
  return { status: 200, body: { leadId, quarantine: 'rejected' } }
}

export const handler = defineHandler(route, rejectLead)
