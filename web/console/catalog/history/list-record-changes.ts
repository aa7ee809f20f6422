import * as z from 'zod'
import type { AuditEntry } from '#shared/domain/access/audit-entry.ts'
import { type FieldChange, listFieldChanges } from './list-field-changes.ts'

/** Fields that the server derives. They say nothing that the other fields do not. */
const derivedFields = new Set(['counters', 'calendar', 'creditCounted', 'pausedBy'])
/** Secrets that are stored elsewhere: an entry has them only if they were changed. */
const changedSecrets = ['secret', 'headerSecrets']

/** What an audit entry says was changed. A deletion lists no fields. */
export function listRecordChanges({ action, before, after }: Pick<AuditEntry, 'action' | 'before' | 'after'>) {
  if (action === 'record.deleted') return []
  return listFieldChanges(json.parse(before ?? {}), json.parse(after ?? {})).filter(
    (change) => !derivedFields.has(toTopField(change)) && !isUnchangedSecret(change),
  )
}

function isUnchangedSecret(change: FieldChange): boolean {
  return changedSecrets.includes(toTopField(change)) && change.kind === 'value' && change.after === undefined
}

function toTopField({ pointer }: FieldChange): string {
  return pointer.split('/')[1] ?? ''
}

const json = z.record(z.string(), z.json())
