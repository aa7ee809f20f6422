import type { ComponentChildren } from 'preact'
import type { ReportedDeliveries, ReportedFigures } from '#shared/domain/reporting/report.ts'
import { formatMoney, formatNumber, Instant } from '../../app/components/format.tsx'
import { Note } from '../../app/components/note.tsx'
import { type Column, Table } from '../../app/components/table.tsx'

type ReportCoverage = { asOf?: string; missing: readonly string[] }
type Row<Figures> = { key: string; name: ComponentChildren; figures: Figures }
type Props<Figures> = {
  caption: string
  head: string
  coverage: ReportCoverage
  rows: readonly Row<Figures>[]
  total: Figures | undefined
  columns: readonly Column<Figures>[]
}

/** Rows with their total, how fresh they are, and which days are not in them. */
export function ReportTable<Figures>({
  caption,
  head,
  coverage: { asOf, missing },
  rows,
  total,
  columns,
}: Props<Figures>) {
  const all =
    total === undefined || rows.length === 0
      ? rows
      : [...rows, { key: 'total', name: <strong>Total</strong>, figures: total }]
  return (
    <>
      <Table
        caption={caption}
        columns={[
          { head, cell: ({ name }: Row<Figures>) => name },
          ...columns.map(({ cell, ...column }) => ({ ...column, cell: ({ figures }: Row<Figures>) => cell(figures) })),
        ]}
        rows={all}
        getRowKey={({ key }) => key}
        emptyMessage="Nothing has been counted in these days yet. The worker counts every hour; on one machine, every few seconds."
      />
      {asOf && (
        <p class="help">
          As of <Instant at={asOf} />.
        </p>
      )}
      {missing.length > 0 && rows.length > 0 && (
        <Note>
          {missing.length === 1 ? 'One day has' : `${formatNumber(missing.length)} days have`} not been counted yet, and{' '}
          {missing.length === 1 ? 'is' : 'are'} in no figure: {missing.slice(0, 5).join(', ')}
          {missing.length > 5 && ' …'}
        </Note>
      )}
    </>
  )
}

const createFigureColumn = <Figures,>(
  head: string,
  cell: (figures: Figures) => string | undefined,
): Column<Figures> => ({
  head,
  kind: 'number',
  cell: (figures) => cell(figures) ?? '–',
})
const percent = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 })
const formatPercent = (rate: number | undefined) => (rate === undefined ? undefined : percent.format(rate))

/** What became of what was sent, and what it was worth. */
export const deliveryColumns: readonly Column<ReportedDeliveries>[] = [
  createFigureColumn('Sent', ({ deliveries }) => formatNumber(deliveries.created)),
  createFigureColumn('Arrived', ({ deliveries }) => formatNumber(deliveries.delivered)),
  createFigureColumn('Arrival', ({ rates }) => formatPercent(rates.delivery)),
  createFigureColumn('Contacted', ({ rates }) => formatPercent(rates.contact)),
  createFigureColumn('Applied', ({ rates }) => formatPercent(rates.application)),
  createFigureColumn('Enrolled', ({ rates }) => formatPercent(rates.enrollment)),
  createFigureColumn('Returned', ({ returns }) => formatNumber(returns.accepted)),
  createFigureColumn('Sold', ({ money: { soldCents } }) => formatMoney(soldCents)),
  createFigureColumn('Net', ({ money: { netCents } }) => formatMoney(netCents)),
]

/** The same after what came in. */
export const figureColumns: readonly Column<ReportedFigures>[] = [
  createFigureColumn('Leads', ({ leads }) => formatNumber(leads.received)),
  createFigureColumn('Accepted', ({ rates }) => formatPercent(rates.acceptance)),
  ...deliveryColumns,
]
