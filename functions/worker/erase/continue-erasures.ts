import { addSeconds } from '#shared/domain/time.ts'
import { getTimeBudgetSeconds } from '#shared/platform/workers.ts'
import { type ErasePersonDataDependencies, erasePersonData } from '#shared/workflows/aftercare/erase-person-data.ts'

/**
 * Goes on with every erasure that has not come to its end. What it makes due the sweeper finds. One that fails holds no
 * other up. @throws where one failed, once the others had their turn.
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
  if (failureCount > 0) throw new Error(`${failureCount} erasures could not go on; the next turn tries again.`)
}
