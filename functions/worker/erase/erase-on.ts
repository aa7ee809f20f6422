import { secondsAfter } from '#shared/domain/delivery/retry-schedule.ts'
import { forgetPerson, type Needs } from '#shared/workflows/aftercare/forget-person.ts'

// The last lead of a turn may take a while: it must end before the function does.
const secondsToWork = 35

/**
 * Goes on with every erasure that has not come to its end. What it makes due the sweeper finds. One that fails holds no
 * other up. @throws where one failed, once the others had their turn.
 */
export async function eraseOn(needs: Needs): Promise<void> {
  const deadline = secondsAfter(needs.now().toISOString(), secondsToWork)
  let failed = 0
  for (const erasureId of await needs.erasures.running()) {
    await forgetPerson({ erasureId, deadline }, needs).catch((error: unknown) => {
      needs.log('erasure.failed', {
        erasureId,
        error: error instanceof Error ? (error.stack ?? error.name) : 'unknown',
      })
      failed += 1
    })
  }
  if (failed > 0) throw new Error(`${failed} erasures could not go on; the next turn tries again.`)
}
