import type * as z from 'zod'
import { listSchoolReturns, type schoolReturn } from '#shared/contract/aftercare/returns.ts'
import { Badge } from '../../app/components/badge.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { formatMoney } from '../../app/format.ts'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link } from '../../app/router.tsx'
import { appText } from '../../app/text/app-text.ts'
import { returnReasonLabels } from '../../app/text/lead-labels.ts'
import { returnsText } from '../text/leads.ts'

type Row = z.output<typeof schoolReturn>

/** The credit requests of a school and their decisions. */
export function Returns() {
  const { rows, more, note } = usePages(
    [],
    (call, page) => call(listSchoolReturns, { query: page }),
    ({ body }) => body.returns,
  )
  return (
    <>
      <h1>{returnsText.title}</h1>
      <p>{returnsText.intro}</p>
      <section class="card" aria-label={returnsText.title} aria-live="polite">
        {note ?? (
          <Table
            caption={returnsText.caption}
            columns={columns}
            rows={rows}
            getRowKey={({ returnId }) => returnId}
            emptyMessage={returnsText.empty}
          />
        )}
        {more}
      </section>
    </>
  )
}

const columns: readonly Column<Row>[] = [
  {
    head: returnsText.columns.requested,
    cell: ({ deliveryId, requestedAt }) => (
      <Link to={`/leads/${deliveryId}`}>
        <Instant at={requestedAt} />
      </Link>
    ),
  },
  { head: returnsText.columns.reason, cell: ({ reason }) => returnReasonLabels[reason].label },
  { head: returnsText.columns.state, cell: ({ state }) => <Badge kind="return" status={state} /> },
  { head: returnsText.columns.credit, kind: 'number', cell: ({ creditCents }) => formatMoney(creditCents) },
  { head: returnsText.columns.response, cell: ({ answer }) => answer ?? appText.none },
]
