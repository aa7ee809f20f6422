import { Refusal } from '#shared/contract/problems.ts'
import type { LeadReturn } from '#shared/domain/aftercare/lead-return.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { ReturnDecision } from '#shared/store/aftercare/decide-return.ts'
import { conflictRefusal } from '#shared/store/retry-on-conflict.ts'
import { actorFor } from '../access/actor-for.ts'

type DecisionRequest = { principal: { keyId?: string | undefined }; body: { answer?: string | undefined } }

/** Who decides, when, and with which words. */
export async function buildDecision(
  { principal, body }: DecisionRequest,
  deps: Pick<Dependencies, 'keyRing' | 'now'>,
): Promise<ReturnDecision> {
  return { decidedAt: deps.now().toISOString(), decidedBy: await actorFor(principal, deps), ...body }
}

/** The return as it stands now. @throws Refusal where another has decided it before, or there is none. */
export async function getDecidedReturn(
  deliveryId: string,
  outcome: 'accepted' | 'refused' | 'left' | 'busy',
  { returns, deliveries }: Pick<Dependencies, 'returns' | 'deliveries'>,
): Promise<LeadReturn> {
  if (outcome === 'busy') throw conflictRefusal()
  const leadReturn = await returns.find(deliveryId)
  if (leadReturn && outcome !== 'left') return leadReturn
  if (!leadReturn && !(await deliveries.find(deliveryId)))
    throw new Refusal('NOT_FOUND', 'There is no delivery of that id.')
  if (!leadReturn) throw new Refusal('RETURN_NOT_PENDING', 'Its school has not asked for credit.')
  throw new Refusal('RETURN_NOT_PENDING', `Somebody has decided it before: ${leadReturn.state}.`)
}
