import type * as z from 'zod'
import { listSchoolReturns, type schoolReturn } from '#shared/contract/aftercare/returns.ts'
import { Badge, formatMoney, Instant } from '../../app/components/format.tsx'
import { returnReasonLabels } from '../../app/components/return-summary.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link } from '../../app/router.tsx'

type Row = z.output<typeof schoolReturn>

/** What a school has asked credit for, and what came of it. */
export function Returns() {
  const { rows, more, note } = usePages(
    [],
    (call, page) => call(listSchoolReturns, { query: page }),
    ({ body }) => body.returns,
  )
  return (
    <>
      <h1>Returns</h1>
      <p>Leads that you have asked credit for. You ask on the page of a lead, once it has arrived.</p>
      <section class="card" aria-label="Returns" aria-live="polite">
        {note ?? (
          <Table
            caption="Returns, the latest first"
            columns={columns}
            rows={rows}
            getRowKey={({ returnId }) => returnId}
            emptyMessage="You have returned nothing. If a lead is no good, open it and ask for credit."
          />
        )}
        {more}
      </section>
    </>
  )
}

const columns: readonly Column<Row>[] = [
  {
    head: 'Asked for',
    cell: ({ deliveryId, requestedAt }) => (
      <Link to={`/leads/${deliveryId}`}>
        <Instant at={requestedAt} />
      </Link>
    ),
  },
  { head: 'Why', cell: ({ reason }) => returnReasonLabels[reason] },
  { head: 'State', cell: ({ state }) => <Badge text={state} /> },
  { head: 'Credit', kind: 'number', cell: ({ creditCents }) => formatMoney(creditCents) },
  { head: 'Answer', cell: ({ answer }) => answer ?? '–' },
]
