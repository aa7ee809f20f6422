import * as z from 'zod'
import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { anyRecord, getRoutes, toRecordInput } from '../../ops/catalog/record.ts'
import type { ApiClient } from '../../ops/connect.ts'
import { startProgressBar } from '../../ops/start-progress-bar.ts'
import { stop } from '../../ops/stop.ts'
import type { StoredRecordBody } from './parse-record-rows.ts'

const recordPage = z.object({ records: z.array(anyRecord), page: z.object({ nextCursor: z.string().nullable() }) })

/** Reads all records of a kind, by ID, without the fields that only the server sets. */
export async function readRecords(call: ApiClient, kind: RecordKind): Promise<Map<string, StoredRecordBody>> {
  const bar = startProgressBar(kind)
  const stored = new Map<string, StoredRecordBody>()
  let cursor: string | null = null
  do {
    const response = await call(getRoutes(kind).list, { query: { limit: 100, ...(cursor !== null && { cursor }) } })
    if (response.problem) return stop(response.problem)
    const { records, page } = recordPage.parse(JSON.parse(response.text))
    for (const record of records) stored.set(record.id, { version: record.version, body: toRecordInput(record) })
    bar.update(stored.size)
    cursor = page.nextCursor
  } while (cursor !== null)
  bar.end()
  return stored
}
