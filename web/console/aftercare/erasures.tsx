import { listErasures } from '#shared/contract/aftercare/erasures.ts'
import type { Erasure } from '#shared/domain/aftercare/erasure.ts'
import { Badge } from '../../app/components/badge.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { formatNumber } from '../../app/format.ts'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link } from '../../app/router.tsx'
import { erasureText } from '../text/aftercare-text.ts'
import { ErasePersonForm } from './erase-person-form.tsx'
import { PrivacyTabs } from './privacy-tabs.tsx'

/** The deletion requests, without the people: when, by whom, and how far each is. */
export function Erasures() {
  const { rows, more, note } = usePages(
    [],
    (call, page) => call(listErasures, { query: page }),
    ({ body }) => body.erasures,
  )
  return (
    <>
      <h1>{erasureText.title}</h1>
      <PrivacyTabs current="/erasures" />
      <ErasePersonForm />
      <div class="card">
        {note ?? (
          <Table
            caption={erasureText.caption}
            columns={columns}
            rows={rows}
            getRowKey={({ erasureId }) => erasureId}
            emptyMessage={erasureText.empty}
          />
        )}
        {more}
      </div>
    </>
  )
}

const columns: readonly Column<Erasure>[] = [
  {
    head: erasureText.columns.requested,
    cell: ({ erasureId, requestedAt }) => (
      <Link to={`/erasures/${erasureId}`}>
        <Instant at={requestedAt} />
      </Link>
    ),
  },
  { head: erasureText.columns.status, cell: ({ state }) => <Badge kind="job" status={state} /> },
  { head: erasureText.columns.leads, kind: 'number', cell: ({ leads }) => formatNumber(leads) },
  { head: erasureText.columns.requestedBy, cell: ({ by }) => by.name },
]
