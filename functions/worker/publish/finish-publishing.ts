import { addSeconds } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { getTimeBudgetSeconds } from '#shared/platform/workers.ts'
import type { Cursor } from '#shared/store/engine/engine.ts'
import { buildSearch } from '#shared/workflows/catalog/build-search.ts'
import { type PublishRecordDependencies, publishRecord } from '#shared/workflows/catalog/publish-record.ts'
import { type MakeDeliveriesDueDependencies, makeDeliveriesDue } from './make-deliveries-due.ts'

type FinishPublishingDependencies = PublishRecordDependencies &
  MakeDeliveriesDueDependencies &
  Pick<Dependencies, 'log' | 'sleep'>

const intentsPerPage = 50

/**
 * Publishes every record with an open intent, and makes deliveries due that wait for a removed campaign; one query when there is none. A record that fails does not stop the others.
 * @throws Error after all of them if one failed
 */
export async function finishPublishing(deps: FinishPublishingDependencies): Promise<void> {
  const deadline = addSeconds(deps.now().toISOString(), getTimeBudgetSeconds('publish'))
  let failureCount = 0
  let after: Cursor | undefined
  do {
    const { intents, next } = await deps.publishIntents.listPage({ limit: intentsPerPage, ...(after && { after }) })
    for (const intent of intents) {
      const { kind, id } = intent
      if (deps.now().toISOString() >= deadline) break
      if (intent.notBefore !== undefined && deps.now().toISOString() < intent.notBefore) continue
      await (kind === 'deliveries'
        ? makeDeliveriesDue(intent, deadline, deps)
        : publishRecord({ kind, id, deadline }, deps)
      )
        .then((outcome) => outcome !== 'waiting' && deps.log('record.published', { kind, id, outcome }))
        .catch((error: unknown) => {
          deps.log('publish.failed', {
            kind,
            id,
            error: error instanceof Error ? (error.stack ?? error.name) : 'unknown',
          })
          failureCount += 1
        })
      // Yields to other tasks on a single-process host.
      await deps.sleep(0)
    }
    after = next
  } while (after && deps.now().toISOString() < deadline)
  await buildSearch(deps)
  if (failureCount > 0) throw new Error(`${failureCount} records were not published; the next run tries them again.`)
}
