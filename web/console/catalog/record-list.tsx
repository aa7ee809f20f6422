import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { type Column, Table } from '../../app/components/table.tsx'
import { Badge, Instant } from '../../app/components/words.tsx'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link } from '../../app/place.tsx'
import { textOf } from './fields/json.ts'
import { type Kept, recordCalls } from './record-calls.ts'
import { calledOf, recordEditing } from './record-kinds.ts'

/** All records of a kind, and the way to a new one. */
export function RecordList({ kind }: { kind: RecordKind }) {
  const { one, many, says } = recordEditing[kind]
  const { rows, more, note } = usePages(
    [kind],
    (call, page) => recordCalls(call, kind).list({ ...page, limit: 100 }),
    ({ body }) => body?.records ?? [],
  )
  return (
    <>
      <div class="head">
        <h1>{many}</h1>
        <Link to={`/${kind}/new`} class="button">
          New {one}
        </Link>
      </div>
      <p>{says}</p>
      <div class="card">
        {note ?? (
          <Table
            caption={many}
            columns={columnsOf(kind)}
            rows={rows}
            keyOf={({ id }) => id}
            empty={`There is no ${one} yet.`}
          />
        )}
        {more}
      </div>
    </>
  )
}

function columnsOf(kind: RecordKind): Column<Kept>[] {
  const state: Column<Kept> = { head: 'State', cell: ({ body }) => <Badge word={textOf(body.status) || 'active'} /> }
  return [
    {
      head: 'Name',
      cell: ({ id, body }) => (
        <>
          <Link to={`/${kind}/${encodeURIComponent(id)}`}>{calledOf(kind, id, body)}</Link>
          <br />
          <span class="id help">{id}</span>
        </>
      ),
    },
    ...(kind === 'schools' ? [state] : []),
    ...(kind === 'sources' ? [{ head: 'Mode', cell: ({ body }: Kept) => <Badge word={textOf(body.mode)} /> }] : []),
    ...(kind === 'programs' ? [{ head: 'School', cell: ({ body }: Kept) => textOf(body.schoolId) }] : []),
    { head: 'Changed', cell: ({ updatedAt }) => <Instant at={updatedAt} /> },
    { head: 'Version', kind: 'number', cell: ({ version }) => version },
  ]
}
