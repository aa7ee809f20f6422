import { liftSuppression as route } from '#shared/contract/aftercare/suppressions.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { conflictRefusal } from '#shared/store/retry-on-conflict.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'

type LiftSuppressionDependencies = Pick<Dependencies, 'suppressions'> & AuditChangeDependencies

/** Lifts a suppression with a reason. Its record stays. */
export async function liftSuppression(
  { params: { suppressionId }, body: { reason }, principal }: Request<typeof route>,
  deps: LiftSuppressionDependencies,
): Promise<Reply<typeof route>> {
  const actor = toActor(principal)
  const at = deps.now().toISOString()
  const before = await deps.suppressions.find(suppressionId)
  if (!before) throw new Refusal('NOT_FOUND', 'Suppression not found.')
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

export const handler = defineHandler(route, liftSuppression)
