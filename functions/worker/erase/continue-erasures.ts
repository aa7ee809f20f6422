import { addSeconds } from '#shared/domain/time.ts'
import { getTimeBudgetSeconds } from '#shared/platform/workers.ts'
import { type ErasePersonDataDependencies, erasePersonData } from '#shared/workflows/aftercare/erase-person-data.ts'

/**
 * Continues every running erasure; the sweeper sends the notices. A failing erasure does not stop the others.
 * @throws Error after all of them if one failed
 */
export async function continueErasures(deps: ErasePersonDataDependencies): Promise<void> {
  const deadline = addSeconds(deps.now().toISOString(), getTimeBudgetSeconds('erase'))
  let failureCount = 0
  for (const erasureId of await deps.erasures.listRunning()) {
    await erasePersonData({ erasureId, deadline }, deps).catch((error: unknown) => {
      deps.log('erasure.failed', {
        erasureId,
        error: error instanceof Error ? (error.stack ?? error.name) : 'unknown',
      })
      failureCount += 1
    })
  }
  if (failureCount > 0) throw new Error(`${failureCount} erasures failed; the next run tries them again.`)
}
