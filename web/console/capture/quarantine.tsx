import type * as z from 'zod'
import { listQuarantine, type quarantinedLead } from '#shared/contract/capture/quarantine.ts'
import { Instant } from '../../app/components/instant.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { formatNumber } from '../../app/format.ts'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link } from '../../app/router.tsx'
import { type Names, useNames } from '../catalog/names.tsx'
import { quarantineText } from '../text/capture-text.ts'
import { SpamReasons } from './quarantine-notice.tsx'

type Row = z.output<typeof quarantinedLead>

/** The leads that look automated and wait for a decision. */
export function Quarantine() {
  const careers = useNames('careers')
  const sources = useNames('sources')
  const { rows, more, note } = usePages(
    [],
    (call, page) => call(listQuarantine, { query: page }),
    ({ body }) => body.leads,
  )
  return (
    <>
      <h1>{quarantineText.title}</h1>
      <p>{quarantineText.intro}</p>
      <div class="card">
        {note ?? (
          <Table
            caption={quarantineText.caption}
            columns={createColumns(careers, sources)}
            rows={rows}
            getRowKey={({ leadId }) => leadId}
            emptyMessage={quarantineText.empty}
          />
        )}
        {more}
      </div>
    </>
  )
}

const { columns } = quarantineText

const createColumns = (careers: Names, sources: Names): readonly Column<Row>[] => [
  {
    head: columns.received,
    cell: ({ leadId, receivedAt }) => (
      <Link to={`/leads/${leadId}`}>
        <Instant at={receivedAt} />
      </Link>
    ),
  },
  { head: columns.reasons, cell: ({ abuse }) => <SpamReasons reasons={abuse.reasons} /> },
  { head: columns.score, kind: 'number', cell: ({ abuse }) => formatNumber(abuse.score) },
  { head: columns.career, cell: ({ careerSlug }) => careers.get(careerSlug) ?? careerSlug },
  { head: columns.state, cell: ({ state }) => state },
  { head: columns.source, cell: ({ sourceId }) => sources.get(sourceId) ?? sourceId },
]
