import { liftSuppression as route } from '#shared/contract/aftercare/suppressions.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { addSeconds } from '#shared/domain/time.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { conflictRefusal } from '#shared/store/retry-on-conflict.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import {
  type ContinueWithdrawalDependencies,
  continueWithdrawal,
} from '#shared/workflows/aftercare/continue-withdrawal.ts'
import { enqueueDeliveries } from '#shared/workflows/delivery/enqueue-deliveries.ts'

type LiftSuppressionDependencies = Pick<Dependencies, 'suppressions' | 'earlyQueue'> &
  ContinueWithdrawalDependencies &
  AuditChangeDependencies

/** Less than the timeout of the function. The worker `withdraw` goes on with what takes longer. */
const finishBudgetSeconds = 10

/**
 * Lifts a suppression with a reason. Its record stays, and so does what it withdrew: leads that were received before stay
 * withdrawn, so that no delivery is sent and no contact details are shown for the moment until the worker has come.
 */
export async function liftSuppression(
  { params: { suppressionId }, body: { reason }, principal }: Request<typeof route>,
  deps: LiftSuppressionDependencies,
): Promise<Reply<typeof route>> {
  const actor = toActor(principal)
  const at = deps.now().toISOString()
  const before = await deps.suppressions.find(suppressionId)
  if (!before) throw new Refusal('NOT_FOUND', 'Suppression not found.')
  if (before.withdrawalId !== undefined) await finishWithdrawal(before.withdrawalId, deps)
  const after = { ...before, state: 'lifted', endedAt: at, endReason: reason }
  const auditWrite = auditChange(
    { actor, action: 'suppression.lifted', record: { kind: 'suppressions', id: suppressionId }, before, after },
    deps,
  )
  const outcome = await deps.suppressions.lift(suppressionId, { at, actor, reason }, [auditWrite])
  if (outcome === 'conflict') throw conflictRefusal()
  if (outcome === 'already-lifted') throw new Refusal('ALREADY_LIFTED', 'This suppression was already lifted.')
  const lifted = await deps.suppressions.find(suppressionId)
  if (!lifted) throw new Refusal('NOT_FOUND', 'Suppression not found.')
  return { status: 200, body: lifted }
}

/** @throws Refusal CONFLICT_RETRY if the leads of the person could not all be marked yet */
async function finishWithdrawal(withdrawalId: string, deps: LiftSuppressionDependencies): Promise<void> {
  const isRunning = async () => (await deps.withdrawals.find(withdrawalId))?.state === 'running'
  if (!(await isRunning())) return
  const deadline = addSeconds(deps.now().toISOString(), finishBudgetSeconds)
  await enqueueDeliveries(await continueWithdrawal({ withdrawalId, deadline }, deps), deps)
  if (await isRunning())
    throw conflictRefusal('The withdrawal is still being carried out. Send the same request again in a minute.')
}

export const handler = defineHandler(route, liftSuppression)
