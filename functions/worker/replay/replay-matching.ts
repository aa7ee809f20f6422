import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type Needs as PageNeeds, replayPage } from './replay-page.ts'

type Needs = PageNeeds & Pick<Dependencies, 'log'>

// The last page of a turn may take a while: it must end before the function does.
const secondsToBegin = 35

/**
 * Works on every replay that runs, a page of each in turn, until none is left or time is up; the next turn goes on. One
 * that fails holds no other up. @throws where one failed, once the others are done.
 */
export async function replayMatching(needs: Needs): Promise<void> {
  const ends = needs.now().getTime() + secondsToBegin * 1000
  let running = await needs.replays.running()
  let pages = 0
  let failed = 0
  while (running.length > 0 && needs.now().getTime() < ends) {
    const going: string[] = []
    for (const replayId of running) {
      const came = await replayPage(replayId, needs).catch((error: unknown) => {
        needs.log('replay.failed', {
          replayId,
          error: error instanceof Error ? (error.stack ?? error.name) : 'unknown',
        })
        return 'failed' as const
      })
      pages += 1
      if (came === 'failed') failed += 1
      if (came === 'goes-on') going.push(replayId)
    }
    running = going
  }
  if (pages > 0) needs.log('replays.worked', { pages, failed, left: running.length })
  if (failed > 0) throw new Error(`${failed} replays could not go on; the next turn tries again.`)
}
