import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Cursor } from '#shared/store/engine/engine.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import { listReturnWrites } from '#shared/workflows/aftercare/list-return-writes.ts'

export type ApproveDueReturnsDependencies = Pick<Dependencies, 'returns' | 'deliveries' | 'records' | 'log'> &
  AuditChangeDependencies

const returnsPerPage = 100
const decidedBy = { keyId: 'system', name: 'Automatic approval' }

/** Accepts the returns that staff have not decided within the hours that the terms of their campaign gave them. */
export async function approveDueReturns(deps: ApproveDueReturnsDependencies): Promise<void> {
  const now = deps.now().toISOString()
  let after: Cursor | undefined
  do {
    const page = await deps.returns.listByState('requested', { limit: returnsPerPage, ...(after && { after }) })
    for (const { deliveryId, approveAt } of page.returns)
      if (approveAt !== undefined && approveAt <= now) await approveReturn(deliveryId, deps)
    after = page.next
  } while (after)
}

/** A decision of staff meanwhile stands, and one that conflicts is tried again in the next run. */
async function approveReturn(deliveryId: string, deps: ApproveDueReturnsDependencies): Promise<void> {
  const decision = { decidedAt: deps.now().toISOString(), decidedBy }
  const audit = auditChange(
    {
      actor: { kind: 'system', name: 'credit' },
      action: 'return.accepted',
      record: { kind: 'deliveries', id: deliveryId },
      after: { automatic: true },
    },
    deps,
  )
  const delivery = await deps.deliveries.find(deliveryId)
  const news = { decision: 'accepted', at: decision.decidedAt } as const
  const alsoWrites = delivery ? await listReturnWrites(delivery, news, deps) : []
  const outcome = await deps.returns.accept(deliveryId, decision, [audit, ...alsoWrites])
  if (outcome === 'accepted') deps.log('return.approved', { deliveryId })
}
