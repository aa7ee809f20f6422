import { Refusal } from '../../contract/problems.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { RecordStore } from '../../store/catalog/record-store.ts'
import type { StoredRecordKind } from '../../store/keys.ts'
import { publishRecord } from './publish-record.ts'
import { parseIfMatch, toEtagHeader } from './record-version.ts'

type WriteRecordDependencies = Pick<Dependencies, 'records' | 'composed' | 'now'>
type PutParameters = Parameters<RecordStore['put']>
type RecordWrite = Pick<PutParameters[3], 'also'> & { id: string; body: PutParameters[2]; ifMatch: string | undefined }

/**
 * Saves a record, then publishes it: when this returns, the next reader sees the change on every page.
 * Returns the status and ETag header of the response, the stored body, and the version fields of the record.
 * @throws Refusal VERSION_CONFLICT if `ifMatch` is not the current version.
 */
export async function writeRecord(
  kind: StoredRecordKind,
  { id, body, ifMatch, also = [] }: RecordWrite,
  deps: WriteRecordDependencies,
) {
  const savedRecord = await deps.records.put(kind, id, body, {
    expectedVersion: parseIfMatch(ifMatch),
    at: deps.now().toISOString(),
    also,
  })
  if (savedRecord === 'changed')
    throw new Refusal('VERSION_CONFLICT', 'Read the record again and send its ETag as If-Match.')
  await publishRecord(kind, id, deps)
  const { version, updatedAt } = savedRecord
  return {
    status: version === 1 ? (201 as const) : (200 as const),
    headers: toEtagHeader(version),
    body: savedRecord.body,
    version: { id, version, updatedAt },
  }
}
