import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { Badge, Instant } from '../../app/components/format.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link } from '../../app/router.tsx'
import { createRecordClient, type EditableRecord } from './create-record-client.ts'
import { toText } from './fields/json.ts'
import { getRecordTitle, recordForms } from './record-forms.ts'

/** All records of a kind, and the way to a new one. */
export function RecordList({ kind }: { kind: RecordKind }) {
  const { singular, plural, description } = recordForms[kind]
  const { rows, more, note } = usePages(
    [kind],
    (call, page) => createRecordClient(call, kind).list({ ...page, limit: 100 }),
    ({ body }) => body?.records ?? [],
  )
  return (
    <>
      <div class="head">
        <h1>{plural}</h1>
        <Link to={`/${kind}/new`} class="button">
          New {singular}
        </Link>
      </div>
      <p>{description}</p>
      <div class="card">
        {note ?? (
          <Table
            caption={plural}
            columns={createColumns(kind)}
            rows={rows}
            getRowKey={({ id }) => id}
            emptyMessage={`There is no ${singular} yet.`}
          />
        )}
        {more}
      </div>
    </>
  )
}

function createColumns(kind: RecordKind): Column<EditableRecord>[] {
  const state: Column<EditableRecord> = {
    head: 'State',
    cell: ({ body }) => <Badge text={toText(body.status) || 'active'} />,
  }
  return [
    {
      head: 'Name',
      cell: ({ id, body }) => (
        <>
          <Link to={`/${kind}/${encodeURIComponent(id)}`}>{getRecordTitle(kind, id, body)}</Link>
          <br />
          <span class="id help">{id}</span>
        </>
      ),
    },
    ...(kind === 'schools' ? [state] : []),
    ...(kind === 'sources'
      ? [{ head: 'Mode', cell: ({ body }: EditableRecord) => <Badge text={toText(body.mode)} /> }]
      : []),
    ...(kind === 'programs' ? [{ head: 'School', cell: ({ body }: EditableRecord) => toText(body.schoolId) }] : []),
    { head: 'Changed', cell: ({ updatedAt }) => <Instant at={updatedAt} /> },
    { head: 'Version', kind: 'number', cell: ({ version }) => version },
  ]
}
