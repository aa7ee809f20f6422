import type * as z from 'zod'
import { listQuarantine, type quarantinedLead } from '#shared/contract/capture/quarantine.ts'
import { formatNumber, Instant } from '../../app/components/format.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link } from '../../app/router.tsx'
import { SpamReasons } from './quarantine-notice.tsx'

type Row = z.output<typeof quarantinedLead>

/** The leads that look like a program's doing and wait for a person to decide. */
export function Quarantine() {
  const { rows, more, note } = usePages(
    [],
    (call, page) => call(listQuarantine, { query: page }),
    ({ body }) => body.leads,
  )
  return (
    <>
      <h1>Quarantine</h1>
      <p>
        These leads look like a program’s doing, so no school has heard of them. Open one to release it to its schools
        or to reject it for good. After 30 days a lead can no longer be released.
      </p>
      <div class="card">
        {note ?? (
          <Table
            caption="Leads kept back, oldest first"
            columns={columns}
            rows={rows}
            getRowKey={({ leadId }) => leadId}
            emptyMessage="Nothing is kept back. Leads end up here where their source enforces what tells programs from people."
          />
        )}
        {more}
      </div>
    </>
  )
}

const columns: readonly Column<Row>[] = [
  {
    head: 'Received',
    cell: ({ leadId, receivedAt }) => (
      <Link to={`/leads/${leadId}`}>
        <Instant at={receivedAt} />
      </Link>
    ),
  },
  { head: 'Why', cell: ({ abuse }) => <SpamReasons reasons={abuse.reasons} /> },
  { head: 'Score', kind: 'number', cell: ({ abuse }) => formatNumber(abuse.score) },
  { head: 'Career', cell: ({ careerSlug }) => careerSlug },
  { head: 'State', cell: ({ state }) => state },
  { head: 'Source', cell: ({ sourceId }) => sourceId },
]
