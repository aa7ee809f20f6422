import { stringify } from 'csv-stringify/sync'
import type { Actor } from '../domain/access/actor.ts'
import type { AuditEntry } from '../domain/access/audit-entry.ts'

type SealedEntry = AuditEntry & { sealDay?: string | undefined; sequence?: number | undefined }

const columns = [
  'at',
  'action',
  'record_kind',
  'record_id',
  'actor_kind',
  'actor_name',
  'actor_key_id',
  'actor_owner_id',
  'actor_person_id',
  'before',
  'after',
  'entry_id',
  'seal_day',
  'sequence',
]

/** CSV by RFC 4180, one row for each entry. A value that a spreadsheet would run as a formula is escaped. */
export function toAuditCsv(entries: readonly SealedEntry[], { header }: { header: boolean }): string {
  const cells = entries.map(({ at, action, record, actor, before, after, entryId, sealDay = '', sequence = '' }) => [
    at,
    action,
    record.kind,
    record.id,
    ...toActorCells(actor),
    before ? JSON.stringify(before) : '',
    after ? JSON.stringify(after) : '',
    entryId,
    sealDay,
    sequence,
  ])
  return stringify(header ? [columns, ...cells] : cells, {
    // Excel reads UTF-8 only with a byte order mark.
    bom: header,
    escape_formulas: true,
    record_delimiter: 'windows',
  })
}

type ActorCells = [kind: string, name: string, keyId: string, ownerId: string, personId: string]

function toActorCells(actor: Actor): ActorCells {
  if (actor.kind === 'visitor') return [actor.kind, '', '', '', '']
  if (actor.kind === 'system') return [actor.kind, actor.name, '', '', '']
  const ownerId = actor.kind === 'school' ? actor.schoolId : actor.kind === 'publisher' ? actor.sourceId : ''
  const personId = 'personId' in actor ? (actor.personId ?? '') : ''
  return [actor.kind, actor.name ?? '', actor.keyId, ownerId, personId]
}
