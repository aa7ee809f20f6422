import type { ComponentChildren } from 'preact'
import type { ReportedDeliveries, ReportedFigures } from '#shared/domain/reporting/report.ts'
import { Instant } from '../../app/components/instant.tsx'
import { Note } from '../../app/components/note.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { formatDay, formatMoney, formatNumber, formatPercent } from '../../app/format.ts'
import { appText } from '../../app/text/app-text.ts'
import { reportText } from '../text/reporting-text.ts'

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

/** Rows with a total, when they were counted, and which days are missing. */
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
      : [...rows, { key: 'total', name: <strong>{reportText.total}</strong>, figures: total }]
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
        emptyMessage={reportText.empty}
      />
      {asOf && (
        <p class="help">
          {reportText.asOf} <Instant at={asOf} />.
        </p>
      )}
      {missing.length > 0 && rows.length > 0 && (
        <Note>
          {missing.length === 1
            ? reportText.missingDay(formatDay(missing[0] ?? ''))
            : reportText.missingDays(formatNumber(missing.length), formatDays(missing))}
        </Note>
      )}
    </>
  )
}

/** At most five days, so that the note stays short. */
function formatDays(days: readonly string[]): string {
  return `${days.slice(0, 5).map(formatDay).join('; ')}${days.length > 5 ? '; …' : ''}`
}

const createFigureColumn = <Figures,>(
  head: string,
  cell: (figures: Figures) => string | undefined,
): Column<Figures> => ({
  head,
  kind: 'number',
  cell: (figures) => cell(figures) ?? appText.none,
})
const formatRate = (rate: number | undefined) => (rate === undefined ? undefined : formatPercent(rate))
const { columns: heads } = reportText

/** Deliveries, rates and revenue. */
export const deliveryColumns: readonly Column<ReportedDeliveries>[] = [
  createFigureColumn(heads.sent, ({ deliveries }) => formatNumber(deliveries.created)),
  createFigureColumn(heads.delivered, ({ deliveries }) => formatNumber(deliveries.delivered)),
  createFigureColumn(heads.deliveryRate, ({ rates }) => formatRate(rates.delivery)),
  createFigureColumn(heads.contacted, ({ rates }) => formatRate(rates.contact)),
  createFigureColumn(heads.applied, ({ rates }) => formatRate(rates.application)),
  createFigureColumn(heads.enrolled, ({ rates }) => formatRate(rates.enrollment)),
  createFigureColumn(heads.returned, ({ returns }) => formatNumber(returns.accepted)),
  createFigureColumn(heads.revenue, ({ money: { soldCents } }) => formatMoney(soldCents)),
  createFigureColumn(heads.netRevenue, ({ money: { netCents } }) => formatMoney(netCents)),
  createFigureColumn(heads.payout, ({ money: { payoutCents } }) => formatMoney(payoutCents)),
  createFigureColumn(heads.margin, ({ money: { marginCents } }) => formatMoney(marginCents)),
]

/** Leads, and then the columns for deliveries. */
export const figureColumns: readonly Column<ReportedFigures>[] = [
  createFigureColumn(heads.leads, ({ leads }) => formatNumber(leads.received)),
  createFigureColumn(heads.accepted, ({ rates }) => formatRate(rates.acceptance)),
  ...deliveryColumns,
]

/** Rows of leads with what became of them, of which a total may be missing. */
export const groupColumns: readonly Column<ReportedDeliveries & { leads?: ReportedFigures['leads'] | undefined }>[] = [
  createFigureColumn(heads.leads, ({ leads }) => leads && formatNumber(leads.received)),
  createFigureColumn(heads.accepted, ({ rates }) => formatRate(rates.acceptance)),
  ...deliveryColumns,
]
