import { Refusal } from '../../contract/problems.ts'
import type { Actor } from '../../domain/access/actor.ts'
import type { AuditAction } from '../../domain/access/audit-actions.ts'
import { addSeconds } from '../../domain/time.ts'
import { openIntentWrite } from '../../store/catalog/publish-intents.ts'
import type { RecordStore, StoredRecord } from '../../store/catalog/record-store.ts'
import type { StoredRecordKind } from '../../store/keys.ts'
import { type AuditChangeDependencies, auditChange } from '../access/audit-change.ts'
import { importPauseSeconds } from './compose-current.ts'
import { type PublishRecordDependencies, publishRecord } from './publish-record.ts'
import { parseIfMatch, toEtagHeader } from './record-version.ts'

export type WriteRecordDependencies = PublishRecordDependencies &
  AuditChangeDependencies & {
    /** `later`: the pages of careers are composed after all records of an import. Absent: at once. */
    pages?: 'later'
  }
type PutParameters = Parameters<RecordStore['put']>
type RecordWrite = Pick<PutParameters[3], 'also' | 'careerGenerations'> & {
  id: string
  body: PutParameters[2]
  ifMatch: string | undefined
  actor: Actor
  /** What the audit entry shows in addition to the new body, such as secrets that are stored elsewhere. */
  auditedFields?: object
  /** Absent: the record was created or changed. */
  action?: AuditAction
}

/** A record that very many rows show is published further by the worker `publish`. Routing reads its status until then. */
export const publishBudgetSeconds = 10

/**
 * Saves a record with its audit entry and the intent to publish it, then publishes it. When this returns, the next
 * decision follows the record, and the next reader sees the change on every page unless very many show it.
 * Returns the status and ETag header of the response, the stored body, and the version fields of the record.
 * @throws Refusal VERSION_CONFLICT if `ifMatch` is not the current version, PRECONDITION_REQUIRED if an existing record
 * would be replaced without it.
 */
export async function writeRecord(
  kind: StoredRecordKind,
  { id, body, ifMatch, actor, auditedFields, action, careerGenerations, also = [] }: RecordWrite,
  deps: WriteRecordDependencies,
) {
  const at = deps.now().toISOString()
  const deadline = addSeconds(at, publishBudgetSeconds)
  const earlierIntent = await deps.publishIntents.find(kind, id)
  if (earlierIntent?.removal) await publishRecord({ kind, id, deadline }, deps)
  const notBefore = deps.pages && kind === 'careers' ? addSeconds(at, importPauseSeconds) : undefined
  const intentWrite = openIntentWrite({ kind, id, intentId: deps.newId('intent'), at, notBefore })
  const savedRecord = await deps.records.put(kind, id, body, {
    // Without If-Match the record must be new.
    expectedVersion: parseIfMatch(ifMatch) ?? 0,
    at,
    actor,
    careerGenerations,
    also: (current, next, generation) => [
      intentWrite,
      ...(typeof also === 'function' ? also(current, next, generation) : also),
      auditChange(
        {
          actor,
          action: action ?? (current ? 'record.changed' : 'record.created'),
          record: { kind, id },
          ...(current && { before: current.body }),
          after: { ...next, ...auditedFields },
        },
        deps,
      ),
    ],
  })
  if (savedRecord === 'changed') throw toVersionRefusal(ifMatch, await deps.records.get(kind, id))
  await publishWritten({ kind, id, deadline }, deps)
  const { version, updatedAt, updatedBy, generation, isNew } = savedRecord
  return {
    status: isNew ? (201 as const) : (200 as const),
    headers: toEtagHeader(version),
    body: savedRecord.body,
    version: { id, version, updatedAt, ...(updatedBy && { updatedBy }), ...(generation && { generation }) },
  }
}

/** Publishes a record that was just written; a career of an import only when all of them are written, because it shows others. */
export async function publishWritten(
  { kind, id, deadline }: { kind: StoredRecordKind; id: string; deadline: string },
  deps: WriteRecordDependencies,
): Promise<void> {
  if (deps.pages === 'later' && kind === 'careers') return
  await publishRecord({ kind, id, deadline, ...(deps.pages && { pages: deps.pages }) }, deps)
}

function toVersionRefusal(ifMatch: string | undefined, current: StoredRecord | undefined): Refusal {
  if (ifMatch === '*')
    return new Refusal('VERSION_CONFLICT', 'There is no such record. Send the request without If-Match to create it.')
  const change = current ? describeLastChange(current) : ''
  if (ifMatch === undefined)
    return new Refusal(
      'PRECONDITION_REQUIRED',
      `A record with this ID exists. Read it and send its ETag as If-Match, or If-Match: * to overwrite it. ${change}`,
    )
  return new Refusal('VERSION_CONFLICT', `Read the record again and send its ETag as If-Match. ${change}`.trim())
}

/** Returns a sentence that says when a record was last changed, and by whom. */
export function describeLastChange({ updatedAt, updatedBy }: Pick<StoredRecord, 'updatedAt' | 'updatedBy'>): string {
  return `The record was last changed at ${updatedAt}${describeActor(updatedBy)}.`
}

function describeActor(actor: Actor | undefined): string {
  if (!actor || actor.kind === 'visitor') return ''
  return ` by ${actor.kind} ${actor.kind === 'system' ? actor.name : (actor.name ?? actor.keyId)}`
}
