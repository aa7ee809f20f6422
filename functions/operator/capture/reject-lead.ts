import { rejectLead as route } from '#shared/contract/capture/quarantine.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import { createNotQuarantinedRefusal, findQuarantinedLead } from './find-quarantined-lead.ts'

type RejectLeadDependencies = Pick<Dependencies, 'leads' | 'quarantine'> & AuditChangeDependencies

/** Rejects a lead that is held for review. It is kept, so that its source can still learn why no school called. */
export async function rejectLead(
  { params, principal }: Request<typeof route>,
  deps: RejectLeadDependencies,
): Promise<Reply<typeof route>> {
  const { leadId } = params
  await findQuarantinedLead(leadId, deps)
  const record = { kind: 'leads', id: leadId }
  const audit = auditChange({ actor: toActor(principal), action: 'lead.rejected', record }, deps)
  if (!(await deps.quarantine.reject(leadId, [audit]))) throw createNotQuarantinedRefusal()
  return { status: 200, body: { leadId, quarantine: 'rejected' } }
}

export const handler = defineHandler(route, rejectLead)
