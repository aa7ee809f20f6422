import { Refusal } from '../../contract/problems.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import { createPublisher } from '../../store/catalog/create-publisher.ts'
import type { RecordStore } from '../../store/catalog/record-store.ts'
import type { StoredRecordKind } from '../../store/keys.ts'
import { parseIfMatch, toEtagHeader } from './record-version.ts'

type WriteRecordDependencies = Pick<Dependencies, 'records' | 'composed' | 'now'>
type PutParameters = Parameters<RecordStore['put']>
type RecordWrite = Pick<PutParameters[3], 'also'> & { id: string; body: PutParameters[2]; ifMatch: string | undefined }

/** Writes a record, and all that is composed from it, before the answer is sent: the next reader sees it. */
export async function writeRecord(
  kind: StoredRecordKind,
  { id, body, ifMatch, also = [] }: RecordWrite,
  { records, composed, now }: WriteRecordDependencies,
) {
  const savedRecord = await records.put(kind, id, body, {
    expectedVersion: parseIfMatch(ifMatch),
    at: now().toISOString(),
    also,
  })
  if (savedRecord === 'changed')
    throw new Refusal('VERSION_CONFLICT', 'Read the record again and send its ETag as If-Match.')
  await createPublisher(records, composed)(kind, id)
  const { version, updatedAt } = savedRecord
  return {
    created: version === 1,
    headers: toEtagHeader(version),
    body: savedRecord.body,
    record: { id, version, updatedAt },
  }
}
