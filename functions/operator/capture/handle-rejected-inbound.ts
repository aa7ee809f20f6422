import { handleRejectedInbound as route } from '#shared/contract/capture/inbound.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'

type HandleRejectedInboundDependencies = Pick<Dependencies, 'rejectedInbound'> & AuditChangeDependencies

/** Takes a lead of a lead form that could not be taken off the list of staff. Repeating it changes nothing. */
export async function handleRejectedInbound(
  { params: { inboundId }, principal }: Request<typeof route>,
  deps: HandleRejectedInboundDependencies,
): Promise<Reply<typeof route>> {
  const record = { kind: 'inbound', id: inboundId }
  const audit = auditChange({ actor: toActor(principal), action: 'inbound.handled', record }, deps)
  if (!(await deps.rejectedInbound.markHandled(inboundId, [audit])))
    throw new Refusal('NOT_FOUND', 'No such lead of a lead form is listed.')
  return { status: 200, body: { inboundId } }
}

export const handler = defineHandler(route, handleRejectedInbound)
