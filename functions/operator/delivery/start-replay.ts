import * as z from 'zod'
import { startReplay as route } from '#shared/contract/delivery/replays.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { normalizeFilter } from '#shared/domain/delivery/replay-job.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { decodeContinuation, encodeContinuation } from '#shared/http/continuation-token.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { searchPosition } from '#shared/store/delivery/replay-job-store.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import { findMatchingDeliveries } from '#shared/workflows/delivery/find-matching-deliveries.ts'
import { toReplayResponse } from './to-replay-response.ts'

type StartReplayDependencies = Pick<Dependencies, 'records' | 'deliveries' | 'replayJobs' | 'tokens'> &
  AuditChangeDependencies
type Body = Request<typeof route>['body']

// Keeps one page of a dry run well below a second; the next page continues.
const maxBatches = 40
const deliveriesPerBatch = 500
const sampleSize = 10

/** Starts a replay job, which the replay worker carries out, or counts the matching deliveries in a dry run. */
export async function startReplay(
  { body, principal }: Request<typeof route>,
  deps: StartReplayDependencies,
): Promise<Reply<typeof route>> {
  if (body.dryRun) return { status: 200, body: await countMatches(body, deps) }
  const actor = toActor(principal)
  const job = await deps.replayJobs.start(body.filter, deps.now().toISOString(), ({ replayId, filter }) => [
    auditChange(
      { actor, action: 'replay.started', record: { kind: 'replays', id: replayId }, after: { filter } },
      deps,
    ),
  ])
  return { status: 202, body: toReplayResponse(job) }
}

async function countMatches({ filter: requestedFilter, cursor }: Body, deps: StartReplayDependencies) {
  const filter = normalizeFilter(requestedFilter)
  const continuationName = `dry-run:${JSON.stringify(filter)}`
  const continuation =
    cursor === undefined ? undefined : continuationState.parse(await decodeContinuation(continuationName, cursor, deps))
  const until = continuation?.until ?? deps.now().toISOString()
  const matches: { deliveryId: string; state: string; schoolId: string }[] = []
  let scannedCount = 0
  let from = continuation?.from
  for (let batchCount = 0; batchCount < maxBatches; batchCount++) {
    const batch = await findMatchingDeliveries({ filter, until, from, limit: deliveriesPerBatch }, deps)
    const { schoolId = '' } = batch
    matches.push(...batch.matching.map(({ deliveryId, state }) => ({ deliveryId, state, schoolId })))
    scannedCount += batch.scannedCount
    from = batch.next
    if (!from) break
  }
  return {
    count: matches.length,
    byState: countByName(matches.map(({ state }) => state)),
    bySchool: countByName(matches.map(({ schoolId }) => schoolId)),
    sample: matches.slice(0, sampleSize).map(({ deliveryId }) => deliveryId),
    scanned: scannedCount,
    complete: from === undefined,
    page: { nextCursor: from ? await encodeContinuation(continuationName, { from, until }, deps) : null },
  }
}

function countByName(names: readonly string[]): { [name: string]: number } {
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, group]) => [name, group.length]))
}

const continuationState = z.object({ from: searchPosition, until: z.string() })

export const handler = defineHandler(route, startReplay)
