import { buildSearch } from './build-search.ts'
import { type PublishRecordDependencies, publishRecord } from './publish-record.ts'

/**
 * Publishes the records with an open intent until the deadline, unless it is not enabled. Returns how many remain. Deliveries that wait for a
 * removed campaign are left to the worker.
 */
export async function publishOpenRecords(
  { deadline, isEnabled }: { deadline: string; isEnabled: boolean },
  deps: PublishRecordDependencies,
): Promise<number> {
  const intents = (await deps.publishIntents.list()).flatMap(({ kind, id }) =>
    kind === 'deliveries' ? [] : [{ kind, id }],
  )
  if (!isEnabled) return intents.length
  const composedCareers = new Set(intents.flatMap(({ kind, id }) => (kind === 'careers' ? id : [])))
  if (composedCareers.size > 0) await deps.composed.search.mark(deps.newId('intent'))
  let remaining = intents.length
  for (let start = 0; start < intents.length && deps.now().toISOString() < deadline; start += recordsAtOnce) {
    const outcomes = await Promise.all(
      intents
        .slice(start, start + recordsAtOnce)
        .map(({ kind, id }) => publishRecord({ kind, id, deadline, composedCareers }, deps)),
    )
    remaining -= outcomes.filter((outcome) => outcome === 'finished').length
  }
  if (remaining === 0) await buildSearch(deps)
  return remaining
}

// So that they share the commits of one machine, and wait less for the database of AWS.
const recordsAtOnce = 8
