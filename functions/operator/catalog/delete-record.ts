import * as z from 'zod'
import type { ImportKind } from '#shared/contract/catalog/imports.ts'
import { type RecordKind, recordLabels } from '#shared/contract/catalog/records.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply, Route } from '#shared/contract/route.ts'
import { type Actor, toActor } from '#shared/domain/access/actor.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { addSeconds } from '#shared/domain/time.ts'
import { defineHandler } from '#shared/http/api.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { removeKeyWrite } from '#shared/store/access/access-key-store.ts'
import { openIntentWrite } from '#shared/store/catalog/publish-intents.ts'
import { checkReferencesWrite, type StoredRecord } from '#shared/store/catalog/record-store.ts'
import { removeHeaderSecretsWrite } from '#shared/store/delivery/header-secret-store.ts'
import { removeSecretWrite } from '#shared/store/delivery/webhook-secret-store.ts'
import type { Write } from '#shared/store/engine/engine.ts'
import { recordKey, type StoredRecordKind, type Table } from '#shared/store/keys.ts'
import { auditChange } from '#shared/workflows/access/audit-change.ts'
import { publishRecord } from '#shared/workflows/catalog/publish-record.ts'
import { parseIfMatch } from '#shared/workflows/catalog/record-version.ts'
import { removeReferenceWrites } from '#shared/workflows/catalog/reference-writes.ts'
import {
  publishBudgetSeconds,
  publishWritten,
  type WriteRecordDependencies,
} from '#shared/workflows/catalog/write-record.ts'

export type DeleteRecordDependencies = WriteRecordDependencies
type RemovalRequest = { id: string; ifMatch: string | undefined; actor: Actor }

/**
 * Removes a record, its credentials, and every page and routing candidate that was composed from it. A record that is
 * written under the same id later is another one: it inherits no leads, keys, links or counters.
 * @throws Refusal STILL_NEEDED if another record refers to it, NOT_FOUND, or VERSION_CONFLICT.
 */
export async function deleteRecord(
  kind: ImportKind,
  { id, ifMatch, actor }: RemovalRequest,
  deps: DeleteRecordDependencies,
): Promise<Reply<Route>> {
  const at = deps.now().toISOString()
  const deadline = addSeconds(at, publishBudgetSeconds)
  await finishDependents(kind, deadline, deps)
  const outcome = await deps.records.remove(kind, id, {
    expectedVersion: parseIfMatch(ifMatch),
    at,
    requireUnused: (current) => requireUnused(kind, current, deps),
    also: (previous) => [
      openIntentWrite({ kind, id, intentId: deps.newId('intent'), removal: true, at }),
      ...buildDeliveryIntent(kind, previous, at, deps),
      ...buildCredentialRemovals(kind, id, previous),
      ...buildFiguresRemoval(kind, id, at, deps),
      ...(previous ? removeReferenceWrites(kind, previous) : []),
      auditChange(
        { actor, action: 'record.deleted', record: { kind, id }, ...(previous && { before: previous.body }) },
        deps,
      ),
    ],
  })
  if (outcome === 'changed')
    throw new Refusal('VERSION_CONFLICT', 'Read the record again and send its ETag as If-Match.')
  if (kind === 'careers') await publishRecord({ kind: 'state-figures', id, deadline }, deps)
  // An earlier removal may have been interrupted after the record was gone.
  await publishWritten({ kind, id, deadline }, deps)
  if (outcome === 'absent')
    throw new Refusal('NOT_FOUND', `${kind === 'state-figures' ? 'Figures by state' : recordLabels[kind]} not found.`)
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
const dependentKinds: { [kind in ImportKind]: readonly StoredRecordKind[] } = {
  careers: ['programs'],
  schools: ['programs', 'campaigns'],
  programs: ['campaigns'],
  campaigns: [],
  sources: [],
  'state-figures': [],
}

/** The links by which dependents are found are composed: those of an interrupted write may be missing. */
async function finishDependents(kind: ImportKind, deadline: string, deps: DeleteRecordDependencies): Promise<void> {
  const dependents: readonly string[] = dependentKinds[kind]
  if (dependents.length === 0) return
  for (const intent of await deps.publishIntents.list())
    if (intent.kind !== 'deliveries' && dependents.includes(intent.kind))
      await publishRecord({ kind: intent.kind, id: intent.id, deadline }, deps)
}

/** Returns checks that fail if a record begins to refer to this one before it is removed. @throws Refusal if one refers to it */
export async function requireUnused(
  kind: ImportKind,
  { id, body }: StoredRecord,
  { records, composed }: DeleteRecordDependencies,
): Promise<Write<Table>[]> {
  // A campaign is linked to its school when it is written, and to its programs a moment later.
  const schoolRecord = kind === 'programs' ? await records.get('schools', String(body.schoolId)) : undefined
  for (const dependentKind of dependentKinds[kind]) {
    const [dependentId] = await composed.listDependents(kind, id, dependentKind)
    if (dependentId) throw toStillNeededRefusal(dependentKind, dependentId)
  }
  if (!schoolRecord) return []
  for (const campaignId of await composed.listDependents('schools', schoolRecord.id, 'campaigns')) {
    const campaignRecord = await records.get('campaigns', campaignId)
    if (campaignRecord && campaign.parse(campaignRecord.body).programIds.includes(id))
      throw toStillNeededRefusal('campaigns', campaignId)
  }
  return [checkReferencesWrite('schools', schoolRecord)]
}

function toStillNeededRefusal(dependentKind: StoredRecordKind, dependentId: string): Refusal {
  return new Refusal('STILL_NEEDED', `Remove it from the ${dependentKind} first, such as ${dependentId}.`)
}

/** Deliveries that wait for a removed campaign go through another one of the school, or end, long before they are due. */
function buildDeliveryIntent(
  kind: ImportKind,
  previous: StoredRecord | undefined,
  at: string,
  { newId }: Pick<DeleteRecordDependencies, 'newId'>,
): Write<Table>[] {
  if (kind !== 'campaigns' || !previous) return []
  return [openIntentWrite({ kind: 'deliveries', id: String(previous.body.schoolId), intentId: newId('intent'), at })]
}

/** A career that is written under the same ID later has no figures by state of this one. */
function buildFiguresRemoval(
  kind: ImportKind,
  id: string,
  at: string,
  { newId }: Pick<DeleteRecordDependencies, 'newId'>,
): Write<Table>[] {
  if (kind !== 'careers') return []
  return [
    { in: 'catalog', delete: recordKey('state-figures', id) },
    openIntentWrite({ kind: 'state-figures', id, intentId: newId('intent'), at }),
  ]
}

function buildCredentialRemovals(kind: ImportKind, id: string, previous: StoredRecord | undefined) {
  if (kind === 'campaigns') return [removeSecretWrite(id), removeHeaderSecretsWrite(id)]
  const key = kind === 'sources' ? previous?.body.key : undefined
  return typeof key === 'string' ? [removeKeyWrite(sha256(key))] : []
}
