import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { Badge } from '../../app/components/badge.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { formatNumber } from '../../app/format.ts'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link } from '../../app/router.tsx'
import { editorText, recordTexts } from '../text/records/record-text.ts'
import { createRecordClient, type EditableRecord } from './create-record-client.ts'
import { toText } from './fields/json.ts'
import { type Names, useNames } from './names.tsx'
import { getRecordTitle } from './record-forms.ts'

/** All records of one kind, with a link to create one. */
export function RecordList({ kind }: { kind: RecordKind }) {
  const { singular, plural, description, empty } = recordTexts[kind]
  const schools = useNames('schools')
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
          {editorText.newRecord(singular)}
        </Link>
      </div>
      <p>{description}</p>
      <div class="card">
        {note ?? (
          <Table
            caption={plural}
            columns={createColumns(kind, schools)}
            rows={rows}
            getRowKey={({ id }) => id}
            emptyMessage={empty}
          />
        )}
        {more}
      </div>
    </>
  )
}

function createColumns(kind: RecordKind, schools: Names): Column<EditableRecord>[] {
  const state: Column<EditableRecord> = {
    head: editorText.columns.status,
    cell: ({ body }) => <Badge kind="record" status={body.status === 'paused' ? 'paused' : 'active'} />,
  }
  return [
    {
      head: editorText.columns.name,
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
      ? [
          {
            head: editorText.columns.mode,
            cell: ({ body }: EditableRecord) => <Badge kind="source" status={body.mode === 'test' ? 'test' : 'live'} />,
          },
        ]
      : []),
    ...(kind === 'programs'
      ? [
          {
            head: editorText.columns.school,
            cell: ({ body }: EditableRecord) => schools.get(toText(body.schoolId)) ?? toText(body.schoolId),
          },
        ]
      : []),
    { head: editorText.columns.changed, cell: ({ updatedAt }) => <Instant at={updatedAt} /> },
    { head: editorText.columns.version, kind: 'number', cell: ({ version }) => formatNumber(version) },
  ]
}
