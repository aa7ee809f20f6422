import { addSeconds } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { getTimeBudgetSeconds } from '#shared/platform/workers.ts'
import {
  type ContinueWithdrawalDependencies,
  continueWithdrawal,
} from '#shared/workflows/aftercare/continue-withdrawal.ts'
import { enqueueDeliveries } from '#shared/workflows/delivery/enqueue-deliveries.ts'

type ContinueWithdrawalsDependencies = ContinueWithdrawalDependencies & Partial<Pick<Dependencies, 'earlyQueue'>>

/**
 * Continues every withdrawal that is due. The sweeper sends the notices that could not be queued at once. A failing
 * withdrawal does not stop the others. @throws Error after all of them if one failed
 */
export async function continueWithdrawals({ earlyQueue, ...deps }: ContinueWithdrawalsDependencies): Promise<void> {
  const startedAt = deps.now().toISOString()
  const deadline = addSeconds(startedAt, getTimeBudgetSeconds('withdraw'))
  let failureCount = 0
  for (const withdrawalId of await deps.withdrawals.listDue(startedAt)) {
    const notices = await continueWithdrawal({ withdrawalId, deadline }, deps).catch((error: unknown) => {
      const stack = error instanceof Error ? (error.stack ?? error.name) : 'unknown'
      deps.log('withdrawal.failed', { withdrawalId, error: stack })
      failureCount += 1
      return []
    })
    if (earlyQueue && notices.length > 0) await enqueueDeliveries(notices, { ...deps, earlyQueue })
  }
  if (failureCount > 0) throw new Error(`${failureCount} withdrawals failed; the next run tries them again.`)
}
