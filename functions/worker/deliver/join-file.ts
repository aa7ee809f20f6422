import { buildFileId } from '#shared/domain/delivery/files/delivery-file.ts'
import type { FileEndpoint } from '#shared/domain/delivery/files/file-endpoint.ts'
import { findNextRun } from '#shared/domain/delivery/files/file-schedule.ts'
import { addSeconds } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { StoredDelivery } from '#shared/store/delivery/delivery-row.ts'
import { fileGraceSeconds } from '#shared/store/delivery/file-store.ts'
import type { DeliveryRoute } from '#shared/workflows/delivery/resolve-endpoint.ts'

export type JoinFileDependencies = Pick<Dependencies, 'files' | 'deliveries'>
type FileRoute = Pick<DeliveryRoute, 'campaignId' | 'schoolTimeZone'> & { endpoint: FileEndpoint }

/**
 * Adds a lead to the next file of its campaign; a test lead to one that is sent at once. One that is in a file which is not
 * done stays in it, so that no lead is in two. Returns when the file is due.
 */
export async function joinFile(
  delivery: StoredDelivery,
  { endpoint: { schedule }, campaignId, schoolTimeZone }: FileRoute,
  now: string,
  { files, deliveries }: JoinFileDependencies,
): Promise<string | undefined> {
  const { fileId: earlierFileId, schoolId, test } = delivery
  const earlierFile = earlierFileId === undefined ? undefined : await files.find(earlierFileId)
  if (earlierFile && earlierFile.state !== 'done') {
    const dueAt = earlierFile.dueAt > now ? earlierFile.dueAt : now
    await deliveries.postpone(delivery, addSeconds(dueAt, fileGraceSeconds))
    return dueAt
  }
  for (let runAt = test ? now : findNextRun(schedule, now, schoolTimeZone), tries = 0; tries < maxRuns; tries += 1) {
    const run = { fileId: buildFileId({ campaignId, runAt, test }), campaignId, schoolId, runAt }
    const result = await files.join(delivery, run)
    if (result === 'joined') return runAt
    // It comes due again, and is looked at as it is then.
    if (result !== 'closed') return undefined
    runAt = test ? addSeconds(runAt, 1) : findNextRun(schedule, runAt, schoolTimeZone)
  }
  return undefined
}

const maxRuns = 10
