import { handleUntakenWork as route } from '#shared/contract/aftercare/untaken-work.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'

type HandleUntakenWorkDependencies = Pick<Dependencies, 'untakenWork' | 'deliveries'> & AuditChangeDependencies

/** Marks a lead that its school works without having taken it as handled by staff. Repeating it changes nothing. */
export async function handleUntakenWork(
  { params: { deliveryId }, principal }: Request<typeof route>,
  deps: HandleUntakenWorkDependencies,
): Promise<Reply<typeof route>> {
  const record = { kind: 'deliveries', id: deliveryId }
  const audit = auditChange({ actor: toActor(principal), action: 'untaken-work.handled', record }, deps)
  const isHandledNow = await deps.untakenWork.markHandled(deliveryId, [audit])
  if (!isHandledNow && !(await deps.deliveries.find(deliveryId))) throw new Refusal('NOT_FOUND', 'Delivery not found.')
  return { status: 200, body: { deliveryId } }
}

export const handler = defineHandler(route, handleUntakenWork)
