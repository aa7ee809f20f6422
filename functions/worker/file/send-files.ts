import type { AttemptResult } from '#shared/domain/delivery/classify-attempt.ts'
import { buildFileName, type FileContent } from '#shared/domain/delivery/files/delivery-file.ts'
import { addSeconds } from '#shared/domain/time.ts'
import { toSchoolLeadCsv } from '#shared/format/to-school-lead-csv.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { getTimeBudgetSeconds, workers } from '#shared/platform/workers.ts'
import type { LeasedFile } from '#shared/store/delivery/file-store.ts'
import { completeAttempt } from '#shared/workflows/delivery/complete-attempt.ts'
import { type FileRow, type LeaseRowsDependencies, leaseRows } from './lease-rows.ts'
import { type SendByEmailDependencies, sendByEmail } from './send-by-email.ts'
import { type SendBySftpDependencies, sendBySftp } from './send-by-sftp.ts'

export type SendFilesDependencies = LeaseRowsDependencies &
  SendByEmailDependencies &
  SendBySftpDependencies &
  Pick<Dependencies, 'log'>

const maxPerRun = 50
/** No run outlives its timeout, so a file whose sender died is tried again soon after. */
export const fileLeaseSeconds = workers.file.timeoutSeconds + 60

/**
 * Sends the files that are due. The lease decides who sends one, and the row of the file records how far it got, so that a
 * run that dies is continued: a file that may have reached its school is never made a second time under another name.
 */
export async function sendFiles(deps: SendFilesDependencies): Promise<void> {
  const { files, newId, now, log } = deps
  const startedAt = now().toISOString()
  const deadline = addSeconds(startedAt, getTimeBudgetSeconds('file'))
  for (const file of await files.listDue(startedAt, maxPerRun)) {
    const at = now().toISOString()
    if (at >= deadline) return
    const lease = await files.lease(file, { token: newId('attempt'), until: addSeconds(at, fileLeaseSeconds) })
    if (!lease) continue
    try {
      await sendFile(lease, deps)
    } catch (error) {
      // The lease expires, and the next run continues. Only the name, because a message may quote an address.
      log('file.failed', { fileId: lease.fileId, error: error instanceof Error ? error.name : 'unknown' })
    }
  }
}

async function sendFile(lease: LeasedFile, deps: SendFilesDependencies): Promise<void> {
  const { files, now, log } = deps
  const { fileId, campaignId, attempts } = lease
  const rows = await leaseRows(lease, deps)
  const outcome = await transmit(lease, rows, deps)
  const dueAt = await writeReceipts(lease, rows, { ...outcome, endedAt: now().toISOString() }, deps)
  await files.settle(lease, dueAt)
  const { stage } = outcome.result
  log('file.attempted', { fileId, campaignId, attempt: attempts, attemptStage: stage, rows: rows.length })
}

type FileOutcome = { content: FileContent; result: AttemptResult }

/** Sends the rows, unless an earlier run has sent the file already. */
async function transmit(
  lease: LeasedFile,
  rows: readonly FileRow[],
  deps: SendFilesDependencies,
): Promise<FileOutcome> {
  const [first] = rows
  const kind = first?.route.endpoint.kind ?? 'sftp'
  if (lease.state === 'sent' && lease.content) {
    const { content, mailReceipt } = lease
    return { content, result: { kind, stage: 'sent', ...mailReceipt } }
  }
  const sent = first && rows.filter((row) => isSameEndpoint(row, first))
  const csv = toSchoolLeadCsv((sent ?? []).map(({ event }) => event))
  const content = {
    sha256: sha256(csv),
    bytes: Buffer.byteLength(csv),
    deliveryIds: (sent ?? []).map(({ lease: row }) => row.deliveryId),
  }
  if (!first) return { content, result: { kind, stage: 'refused', reason: 'No lead is left in the file.' } }
  const { endpoint, campaignId } = first.route
  const file = { lease, content, csv, schoolName: first.event.data.school.name, isTest: first.lease.test }
  return endpoint.kind === 'sftp'
    ? sendBySftp(file, endpoint, campaignId, deps)
    : { content, result: await sendByEmail(file, endpoint, deps) }
}

/** Staff may save a campaign while its rows are being leased. */
function isSameEndpoint({ route }: FileRow, first: FileRow): boolean {
  return JSON.stringify(route.endpoint) === JSON.stringify(first.route.endpoint)
}

/** Ends the lease of each row with its own receipt. Returns when the rows that were not sent are due again. */
async function writeReceipts(
  { fileId }: LeasedFile,
  rows: readonly FileRow[],
  { content, result, endedAt }: FileOutcome & { endedAt: string },
  deps: SendFilesDependencies,
): Promise<string | undefined> {
  const { deliveryIds, sha256: fileSha256 } = content
  const rowNumbers = new Map(deliveryIds.map((deliveryId, index) => [deliveryId, index + 1]))
  const randomFraction = deps.random()
  let dueAt: string | undefined
  for (const { lease, event, route, startedAt } of rows) {
    const row = rowNumbers.get(lease.deliveryId)
    const file = row === undefined ? undefined : { fileId, name: buildFileName(fileId), row, sha256: fileSha256 }
    const rowResult: AttemptResult = file
      ? { ...result, ...(result.stage === 'sent' && { file }) }
      : {
          kind: route.endpoint.kind,
          stage: 'refused',
          reason: 'The file was sent without this lead.',
          isOurFault: true,
        }
    const context = { event, route, startedAt, endedAt, randomFraction }
    const verdict = await completeAttempt(lease, rowResult, context, deps)
    if (verdict === 'lease-lost' || verdict.dueAt === undefined || (result.stage === 'sent' && file)) continue
    if (result.stage !== 'sent' && (dueAt === undefined || verdict.dueAt > dueAt)) dueAt = verdict.dueAt
  }
  return dueAt
}
