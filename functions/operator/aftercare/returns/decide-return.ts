import { Refusal } from '#shared/contract/problems.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import type { LeadReturn } from '#shared/domain/aftercare/lead-return.ts'
import type { Principal } from '#shared/http/authorize.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { conflictRefusal } from '#shared/store/retry-on-conflict.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import { listReturnWrites } from '#shared/workflows/aftercare/list-return-writes.ts'
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
  const delivery = await deps.deliveries.find(deliveryId)
  const news = { decision: decidedStates[verdict], at: decision.decidedAt }
  const alsoWrites = delivery ? await listReturnWrites(delivery, news, deps) : []
  const outcome = await deps.returns[verdict](deliveryId, decision, [audit, ...alsoWrites])
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
  if (delivery) throw new Refusal('RETURN_NOT_PENDING', 'The school has not requested a return of this lead.')
  throw new Refusal('NOT_FOUND', 'Delivery not found.')
}

const decidedStates = { accept: 'accepted', refuse: 'refused' } as const
