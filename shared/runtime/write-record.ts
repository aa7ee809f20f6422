import { Refusal } from '../contract/problems.ts'
import type { Write } from '../store/engine/engine.ts'
import type { Kind, Table } from '../store/keys.ts'
import { publisher } from '../store/publish.ts'
import type { Dependencies } from './dependencies.ts'
import { etagOf, seenVersion } from './record-version.ts'

type Needs = Pick<Dependencies, 'records' | 'composed' | 'now'>
type Written = { id: string; body: object; ifMatch: string | undefined; also?: readonly Write<Table>[] }

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
  return { created: version === 1, headers: etagOf(version), record: { id, version, updatedAt } }
}
