import { Refusal } from '#shared/contract/problems.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import type { LeadReturn } from '#shared/domain/aftercare/lead-return.ts'
import type { Principal } from '#shared/http/authorize.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { conflictRefusal } from '#shared/store/retry-on-conflict.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import { listPostbackWrites } from '#shared/workflows/aftercare/list-postback-writes.ts'
import { actorFor } from '../../access/actor-for.ts'
import { type HideStoppedNotesDependencies, hideStoppedNotes } from '../hide-stopped-notes.ts'

export type DecideReturnDependencies = Pick<Dependencies, 'returns' | 'deliveries' | 'records' | 'keyRing'> &
  HideStoppedNotesDependencies &
  AuditChangeDependencies
type DecisionRequest = {
  params: { deliveryId: string }
  principal: Principal<'operator'>
  body: { answer?: string | undefined }
}

/**
 * Accepts or refuses a pending return and returns it as it is then.
 * @throws Refusal if there is no such delivery, no pending return of it, or nothing to give credit for
 */
export async function decideReturn(
  verdict: 'accept' | 'refuse',
  { params: { deliveryId }, principal, body }: DecisionRequest,
  deps: DecideReturnDependencies,
): Promise<LeadReturn> {
  const decision = { decidedAt: deps.now().toISOString(), decidedBy: await actorFor(principal, deps), ...body }
  const audit = auditChange(
    {
      actor: toActor(principal),
      action: verdict === 'accept' ? 'return.accepted' : 'return.refused',
      record: { kind: 'deliveries', id: deliveryId },
      after: body,
    },
    deps,
  )
  const delivery = verdict === 'accept' ? await deps.deliveries.find(deliveryId) : undefined
  const postbacks =
    delivery && delivery.state !== 'erased'
      ? await listPostbackWrites(delivery, { cause: 'returned', at: decision.decidedAt }, deps)
      : []
  const outcome = await deps.returns[verdict](deliveryId, decision, [audit, ...postbacks])
  if (outcome === 'conflict') throw conflictRefusal()
  if (outcome === 'not-delivered')
    throw new Refusal(
      'NOT_DELIVERED',
      'The email bounced, so nothing was sold yet. Refuse the return, or wait for delivery.',
    )
  const leadReturn = await deps.returns.find(deliveryId)
  // The same decision again, such as a double click, has the same result.
  if (leadReturn && (outcome !== 'not-pending' || leadReturn.state === decidedStates[verdict]))
    return hideStoppedNotes(leadReturn, principal.scope, deps)
  if (leadReturn) throw new Refusal('RETURN_NOT_PENDING', `This return was already decided: ${leadReturn.state}.`)
  if (await deps.deliveries.find(deliveryId))
    throw new Refusal('RETURN_NOT_PENDING', 'The school has not requested a return of this lead.')
  throw new Refusal('NOT_FOUND', 'Delivery not found.')
}

const decidedStates = { accept: 'accepted', refuse: 'refused' } as const
