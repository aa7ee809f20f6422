import * as z from 'zod'
import { type RecordKind, recordKinds, records } from '#shared/contract/catalog/records.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply, Route } from '#shared/contract/route.ts'
import { serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { removeKeyWrite } from '#shared/store/access/access-keys.ts'
import { publisher } from '#shared/store/catalog/publish.ts'
import type { Kept } from '#shared/store/catalog/records.ts'
import { removeHeaderSecretsWrite } from '#shared/store/delivery/header-secrets.ts'
import { removeSecretWrite } from '#shared/store/delivery/webhook-secrets.ts'
import type { Kind } from '#shared/store/keys.ts'
import { seenVersion } from '#shared/workflows/catalog/record-version.ts'

type Needs = Pick<Dependencies, 'records' | 'composed' | 'keyRing' | 'now'>
type Removed = { id: string; ifMatch: string | undefined }

/** Removes a record that no other needs, and with it every page and candidate that was made from it. */
export async function deleteRecord(kind: RecordKind, { id, ifMatch }: Removed, needs: Needs): Promise<Reply<Route>> {
  for (const needing of neededBy[kind]) {
    const [first] = await needs.composed.dependents(kind, id, needing)
    if (first) throw new Refusal('STILL_NEEDED', `Remove it from the ${needing} first, such as ${first}.`)
  }
  const removed = await needs.records.remove(kind, id, {
    seen: seenVersion(ifMatch),
    also: (before) => credentialsOf(kind, id, before),
  })
  // Also where it is gone already: an earlier removal may have ended here.
  if (removed !== 'changed') await revokeKeysOf(kind, id, needs)
  if (removed === 'absent') throw new Refusal('NOT_FOUND', `There is none of the ${kind} with that id.`)
  if (removed === 'changed')
    throw new Refusal('VERSION_CONFLICT', 'Read the record again and send its ETag as If-Match.')
  await publisher(needs.records, needs.composed)(kind, id)
  return { status: 204 }
}

export const handlers = recordKinds.map((kind) =>
  serve<Route, Needs>(records[kind].delete, ({ params, headers }, needs) =>
    deleteRecord(kind, { id: String(params?.id), ifMatch: ifMatch.parse(headers?.['if-match']) }, needs),
  ),
)

const ifMatch = z.string().optional()
const neededBy: { [kind in RecordKind]: readonly Kind[] } = {
  careers: ['programs'],
  schools: ['programs', 'campaigns'],
  programs: ['campaigns'],
  campaigns: [],
  sources: [],
}

async function revokeKeysOf(kind: RecordKind, id: string, { keyRing, now }: Needs): Promise<void> {
  const at = now().toISOString()
  if (kind === 'schools') await keyRing.revokeAllOf({ caller: 'school', schoolId: id }, at)
  if (kind === 'sources') await keyRing.revokeAllOf({ caller: 'source', sourceId: id }, at)
}

function credentialsOf(kind: RecordKind, id: string, before: Kept | undefined) {
  if (kind === 'campaigns') return [removeSecretWrite(id), removeHeaderSecretsWrite(id)]
  const key = kind === 'sources' ? before?.body.key : undefined
  return typeof key === 'string' ? [removeKeyWrite(sha256(key))] : []
}
