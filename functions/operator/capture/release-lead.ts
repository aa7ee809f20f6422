import { releaseLead as route } from '#shared/contract/capture/quarantine.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { isOfferable, offerDays } from '#shared/domain/routing/offer.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import { createNotQuarantinedRefusal, findQuarantinedLead } from './find-quarantined-lead.ts'

type ReleaseLeadDependencies = Pick<Dependencies, 'leads' | 'quarantine'> & AuditChangeDependencies

/** Releases a lead that is held for review: the offer worker decides about it in its next run. */
export async function releaseLead(
  { params, principal }: Request<typeof route>,
  deps: ReleaseLeadDependencies,
): Promise<Reply<typeof route>> {
  const { leadId } = params
  const { receivedAt } = await findQuarantinedLead(leadId, deps)
  const offerAt = deps.now().toISOString()
  if (!isOfferable(receivedAt, offerAt))
    throw new Refusal(
      'LEAD_TOO_OLD',
      `The request is more than ${offerDays} days old, so the person no longer expects a call.`,
    )
  const record = { kind: 'leads', id: leadId }
  const audit = auditChange({ actor: toActor(principal), action: 'lead.released', record }, deps)
  if (!(await deps.quarantine.release(leadId, offerAt, [audit]))) throw createNotQuarantinedRefusal()
  return { status: 200, body: { leadId, quarantine: 'released', offerAt } }
}

export const handler = defineHandler(route, releaseLead)
