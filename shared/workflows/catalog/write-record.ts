import { Refusal } from '../../contract/problems.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import { publisher } from '../../store/catalog/publish.ts'
import type { RecordStore } from '../../store/catalog/records.ts'
import type { Kind } from '../../store/keys.ts'
import { etagOf, seenVersion } from './record-version.ts'

type Needs = Pick<Dependencies, 'records' | 'composed' | 'now'>
type Put = Parameters<RecordStore['put']>
type Written = Pick<Put[3], 'also'> & { id: string; body: Put[2]; ifMatch: string | undefined }

/** Writes a record, and all that is composed from it, before the answer is sent: the next reader sees it. */
export async function writeRecord(
  kind: Kind,
  { id, body, ifMatch, also = [] }: Written,
  { records, composed, now }: Needs,
) {
  const kept = await records.put(kind, id, body, { seen: seenVersion(ifMatch), at: now().toISOString(), also })
  if (kept === 'changed') throw new Refusal('VERSION_CONFLICT', 'Read the record again and send its ETag as If-Match.')
  await publisher(records, composed)(kind, id)
  const { version, updatedAt } = kept
  return { created: version === 1, headers: etagOf(version), body: kept.body, record: { id, version, updatedAt } }
}
