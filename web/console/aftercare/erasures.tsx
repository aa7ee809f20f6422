import { listErasures } from '#shared/contract/aftercare/erasures.ts'
import type { Erasure } from '#shared/domain/aftercare/erasure.ts'
import { Badge, formatNumber, Instant } from '../../app/components/format.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link } from '../../app/router.tsx'
import { ErasePersonForm } from './erase-person-form.tsx'

/** Who asked to be forgotten is not told here: that somebody was, when, by whom, and how far that has come. */
export function Erasures() {
  const { rows, more, note } = usePages(
    [],
    (call, page) => call(listErasures, { query: page }),
    ({ body }) => body.erasures,
  )
  return (
    <>
      <p>
        <Link to="/leads">All leads</Link>
      </p>
      <h1>Erasures</h1>
      <ErasePersonForm />
      <div class="card">
        {note ?? (
          <Table
            caption="Erasures, latest first"
            columns={columns}
            rows={rows}
            getRowKey={({ erasureId }) => erasureId}
            emptyMessage="Nobody was forgotten yet. What was erased stays here as a receipt that names nobody."
          />
        )}
        {more}
      </div>
    </>
  )
}

const columns: readonly Column<Erasure>[] = [
  {
    head: 'Asked for',
    cell: ({ erasureId, requestedAt }) => (
      <Link to={`/erasures/${erasureId}`}>
        <Instant at={requestedAt} />
      </Link>
    ),
  },
  { head: 'State', cell: ({ state }) => <Badge text={state} /> },
  { head: 'Leads', kind: 'number', cell: ({ leads }) => formatNumber(leads) },
  { head: 'By', cell: ({ by }) => by.name },
]
