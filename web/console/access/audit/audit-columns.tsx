import type * as z from 'zod'
import type { listAudit } from '#shared/contract/access/audit.ts'
import { type RecordKind, recordKinds } from '#shared/contract/catalog/records.ts'
import { Instant } from '../../../app/components/instant.tsx'
import type { Column } from '../../../app/components/table.tsx'
import { formatNumber } from '../../../app/format.ts'
import { Link } from '../../../app/router.tsx'
import { FieldChanges } from '../../catalog/history/field-changes.tsx'
import { listRecordChanges } from '../../catalog/history/list-record-changes.ts'
import type { Names } from '../../catalog/names.tsx'
import { auditActionLabels, auditText } from '../../text/audit-text.ts'
import { recordFieldTexts, recordTexts } from '../../text/records/record-text.ts'
import { formatActor } from '../format-actor.ts'

type Entry = z.output<(typeof listAudit.responses)[200]['body']>['entries'][number]
type RecordNames = { readonly [kind in RecordKind]: Names }

export function createAuditColumns(names: RecordNames): readonly Column<Entry>[] {
  const { columns } = auditText
  return [
    { head: columns.at, cell: ({ at }) => <Instant at={at} /> },
    { head: columns.actor, cell: ({ actor }) => formatActor(actor, names) },
    { head: columns.action, cell: ({ action }) => auditActionLabels[action] },
    { head: columns.record, cell: ({ record }) => <RecordReference record={record} names={names} /> },
    { head: columns.changes, cell: (entry) => <Changes entry={entry} names={names} /> },
  ]
}

function RecordReference({ record: { kind, id }, names }: { record: Entry['record']; names: RecordNames }) {
  const catalogKind = findCatalogKind(kind)
  const singular = catalogKind ? recordTexts[catalogKind].singular : (kindLabels[kind] ?? kind)
  const name = (catalogKind && names[catalogKind].get(id)) ?? <span class="id">{id}</span>
  const path = catalogKind
    ? `/${kind}/${encodeURIComponent(id)}/history`
    : kindsWithPage.has(kind)
      ? `/${kind}/${id}`
      : undefined
  return (
    <>
      {path ? <Link to={path}>{name}</Link> : name}
      <br />
      <span class="help">{singular}</span>
    </>
  )
}

function Changes({ entry, names }: { entry: Entry; names: RecordNames }) {
  const changes = listRecordChanges(entry)
  const kind = findCatalogKind(entry.record.kind)
  if (changes.length === 0) return null
  return (
    <details>
      <summary>{auditText.changes(changes.length, formatNumber(changes.length))}</summary>
      <FieldChanges changes={changes} context={{ texts: kind ? recordFieldTexts[kind] : {}, names }} />
    </details>
  )
}

function findCatalogKind(kind: string): RecordKind | undefined {
  return recordKinds.find((catalogKind) => catalogKind === kind)
}

const kindLabels: { readonly [kind: string]: string } = auditText.kinds
const kindsWithPage = new Set(['leads', 'erasures', 'replays'])
