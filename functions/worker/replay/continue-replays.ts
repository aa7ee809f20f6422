import type { Dependencies } from '#shared/platform/dependencies.ts'
import { getTimeBudgetSeconds } from '#shared/platform/workers.ts'
import { type ReplayPageDependencies, replayPage } from './replay-page.ts'

type ContinueReplaysDependencies = ReplayPageDependencies & Pick<Dependencies, 'log'>

/**
 * Works on the running replay jobs, one page of each in turn, until none is left or time is up; the next run continues.
 * A job that fails does not hold up the others. @throws after the other jobs are done, if any page failed.
 */
export async function continueReplays(deps: ContinueReplaysDependencies): Promise<void> {
  const endsAt = deps.now().getTime() + getTimeBudgetSeconds('replay') * 1000
  let runningIds = await deps.replayJobs.listRunning()
  let pageCount = 0
  let failedCount = 0
  while (runningIds.length > 0 && deps.now().getTime() < endsAt) {
    const unfinishedIds: string[] = []
    for (const replayId of runningIds) {
      const pageResult = await replayPage(replayId, deps).catch((error: unknown) => {
        deps.log('replay.failed', {
          replayId,
          error: error instanceof Error ? (error.stack ?? error.name) : 'unknown',
        })
        return 'failed' as const
      })
      pageCount += 1
      if (pageResult === 'failed') failedCount += 1
      if (pageResult === 'continues') unfinishedIds.push(replayId)
    }
    runningIds = unfinishedIds
  }
  if (pageCount > 0)
    deps.log('replays.progressed', { pages: pageCount, failed: failedCount, remaining: runningIds.length })
  if (failedCount > 0) throw new Error(`${failedCount} replay pages failed. The next run tries them again.`)
}
