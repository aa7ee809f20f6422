import { setTimeout } from 'node:timers/promises'
import type * as z from 'zod'
import { type ImportKind, type ImportTotals, importRecords, maxImportRows } from '#shared/contract/catalog/imports.ts'
import { anyJson } from '#shared/domain/vocabulary.ts'
import type { ApiClient } from '../../ops/connect.ts'
import { stop } from '../../ops/stop.ts'

export type ImportRow = z.input<typeof importRecords.body>['rows'][number]
export type RowResult = z.output<(typeof importRecords.responses)[200]['body']>['rows'][number]
type SendOptions = { dryRun?: boolean; onResults?: (results: readonly RowResult[]) => void }

// A request holds 1 MiB; a batch is also to be done within the ten seconds that a request may write.
const maxBatchBytes = 700_000
const maxAttemptsOfBatch = 5

/**
 * Sends rows in batches, each as large as a request may be, and returns one result for each row. Rows that the service did not reach are sent again,
 * and so is a batch whose response was lost: a row that is already as it says is not written twice.
 */
export async function sendRows(
  call: ApiClient,
  kind: ImportKind,
  rows: readonly ImportRow[],
  { dryRun = false, onResults = () => {} }: SendOptions = {},
): Promise<RowResult[]> {
  const results: RowResult[] = []
  for (const batch of splitIntoBatches(rows)) {
    let waiting: readonly ImportRow[] = batch
    for (let attempt = 1; waiting.length > 0; attempt++) {
      const batchResults = await sendBatch(call, { kind, rows: [...waiting], dryRun }, attempt)
      const done = batchResults.filter(({ outcome }) => outcome !== 'not-reached')
      if (done.length === 0 && attempt >= maxAttemptsOfBatch)
        stop({
          title: 'The service is too busy to import. Run the command again later: it continues where it stopped.',
        })
      results.push(...done)
      onResults(done)
      const doneIds = new Set(done.map(({ id }) => id))
      waiting = waiting.filter(({ id }) => !doneIds.has(id))
    }
  }
  return results
}

/**
 * Composes the pages that show imported records, and tells staff what became of the rows. Returns how many pages remain, which the
 * service composes within minutes.
 */
export async function composePages(
  call: ApiClient,
  { kind, results }: { kind: ImportKind; results: readonly Pick<RowResult, 'outcome'>[] },
): Promise<number> {
  let pendingPages = Number.POSITIVE_INFINITY
  const count = (outcome: RowResult['outcome']) => results.filter((result) => result.outcome === outcome).length
  let finished: ImportTotals | undefined = {
    created: count('created'),
    changed: count('changed'),
    deleted: count('deleted'),
    unchanged: count('unchanged'),
    refused: count('refused'),
  }
  for (;;) {
    const response = await call(importRecords, { body: { kind, rows: [], ...(finished && { finished }) } })
    finished = undefined
    if (response.status !== 200) return stop(response.problem)
    // Without progress another process composes them.
    if (response.body.pendingPages === 0 || response.body.pendingPages >= pendingPages)
      return response.body.pendingPages
    pendingPages = response.body.pendingPages
  }
}

/** Without fields that are undefined. */
export function toJson(body: object) {
  return anyJson.parse(JSON.parse(JSON.stringify(body)))
}

async function sendBatch(
  call: ApiClient,
  body: z.input<typeof importRecords.body>,
  attempt: number,
): Promise<readonly RowResult[]> {
  const response = await call(importRecords, { body })
  if (response.status === 200) return response.body.rows
  if ((response.status < 500 && response.problem.code !== 'CONFLICT_RETRY') || attempt >= maxAttemptsOfBatch)
    return stop(response.problem)
  await setTimeout(1000 * 2 ** attempt)
  return []
}

function splitIntoBatches(rows: readonly ImportRow[]): ImportRow[][] {
  const batches: ImportRow[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const row of rows) {
    const rowBytes = Buffer.byteLength(JSON.stringify(row))
    const batch = batches.at(-1)
    if (batch && batch.length < maxImportRows && bytes + rowBytes <= maxBatchBytes) {
      batch.push(row)
      bytes += rowBytes
    } else {
      batches.push([row])
      bytes = rowBytes
    }
  }
  return batches
}
