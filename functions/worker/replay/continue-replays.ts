import type { Dependencies } from '#shared/platform/dependencies.ts'
import { getTimeBudgetSeconds } from '#shared/platform/workers.ts'
import { type ReplayPageDependencies as PageNeeds, replayPage } from './replay-page.ts'

type ContinueReplaysDependencies = PageNeeds & Pick<Dependencies, 'log'>

/**
 * Works on every replay that runs, a page of each in turn, until none is left or time is up; the next turn goes on. One
 * that fails holds no other up. @throws where one failed, once the others are done.
 */
export async function continueReplays(deps: ContinueReplaysDependencies): Promise<void> {
  const endsAt = deps.now().getTime() + getTimeBudgetSeconds('replay') * 1000
  let running = await deps.replays.running()
  let pageCount = 0
  let failedCount = 0
  while (running.length > 0 && deps.now().getTime() < endsAt) {
    const unfinished: string[] = []
    for (const replayId of running) {
      const pageResult = await replayPage(replayId, deps).catch((error: unknown) => {
        deps.log('replay.failed', {
          replayId,
          error: error instanceof Error ? (error.stack ?? error.name) : 'unknown',
        })
        return 'failed' as const
      })
      pageCount += 1
      if (pageResult === 'failed') failedCount += 1
      if (pageResult === 'goes-on') unfinished.push(replayId)
    }
    running = unfinished
  }
  if (pageCount > 0) deps.log('replays.progressed', { pages: pageCount, failed: failedCount, left: running.length })
  if (failedCount > 0) throw new Error(`${failedCount} replays could not go on; the next turn tries again.`)
}
