import * as z from 'zod'
import { type RecordKind, recordLabels } from '#shared/contract/catalog/records.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply, Route } from '#shared/contract/route.ts'
import { type Actor, toActor } from '#shared/domain/access/actor.ts'
import { defineHandler } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { removeKeyWrite } from '#shared/store/access/access-key-store.ts'
import type { StoredRecord } from '#shared/store/catalog/record-store.ts'
import { removeHeaderSecretsWrite } from '#shared/store/delivery/header-secret-store.ts'
import { removeSecretWrite } from '#shared/store/delivery/webhook-secret-store.ts'
import type { StoredRecordKind } from '#shared/store/keys.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import { publishRecord } from '#shared/workflows/catalog/publish-record.ts'
import { parseIfMatch } from '#shared/workflows/catalog/record-version.ts'

type DeleteRecordDependencies = Pick<Dependencies, 'records' | 'composed' | 'keyRing'> & AuditChangeDependencies
type RemovalRequest = { id: string; ifMatch: string | undefined; actor: Actor }

/**
 * Removes a record, its credentials, and every page and routing candidate that was composed from it.
 * @throws Refusal STILL_NEEDED if another record refers to it, NOT_FOUND, or VERSION_CONFLICT.
 */
export async function deleteRecord(
  kind: RecordKind,
  { id, ifMatch, actor }: RemovalRequest,
  deps: DeleteRecordDependencies,
): Promise<Reply<Route>> {
  for (const dependentKind of dependentKinds[kind]) {
    const [dependentId] = await deps.composed.listDependents(kind, id, dependentKind)
    if (dependentId)
      throw new Refusal('STILL_NEEDED', `Remove it from the ${dependentKind} first, such as ${dependentId}.`)
  }
  const outcome = await deps.records.remove(kind, id, {
    expectedVersion: parseIfMatch(ifMatch),
    also: (previous) => [
      ...buildCredentialRemovals(kind, id, previous),
      auditChange(
        { actor, action: 'record.deleted', record: { kind, id }, ...(previous && { before: previous.body }) },
        deps,
      ),
    ],
  })
  // A removal that was interrupted here leaves live keys: the next one revokes them although the record is gone.
  if (outcome !== 'changed') await revokeHolderKeys(kind, id, deps)
  if (outcome === 'absent') throw new Refusal('NOT_FOUND', `${recordLabels[kind]} not found.`)
  if (outcome === 'changed')
    throw new Refusal('VERSION_CONFLICT', 'Read the record again and send its ETag as If-Match.')
  await publishRecord(kind, id, deps)
  return { status: 204 }
}

export function createDeleteHandler<R extends Route>(kind: RecordKind, route: R) {
  const { handle } = defineHandler<Route, DeleteRecordDependencies>(route, ({ params, headers, principal }, deps) =>
    deleteRecord(
      kind,
      { id: String(params?.id), ifMatch: ifMatch.parse(headers?.['if-match']), actor: toActor(principal) },
      deps,
    ),
  )
  return { route, handle }
}

const ifMatch = z.string().optional()
const dependentKinds: { [kind in RecordKind]: readonly StoredRecordKind[] } = {
  careers: ['programs'],
  schools: ['programs', 'campaigns'],
  programs: ['campaigns'],
  campaigns: [],
  sources: [],
}

async function revokeHolderKeys(
  kind: RecordKind,
  id: string,
  { keyRing, now }: DeleteRecordDependencies,
): Promise<void> {
  const at = now().toISOString()
  if (kind === 'schools') await keyRing.revokeAll({ caller: 'school', schoolId: id }, at)
  if (kind === 'sources') await keyRing.revokeAll({ caller: 'source', sourceId: id }, at)
}

function buildCredentialRemovals(kind: RecordKind, id: string, previous: StoredRecord | undefined) {
  if (kind === 'campaigns') return [removeSecretWrite(id), removeHeaderSecretsWrite(id)]
  const key = kind === 'sources' ? previous?.body.key : undefined
  return typeof key === 'string' ? [removeKeyWrite(sha256(key))] : []
}
