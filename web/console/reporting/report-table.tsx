import type { ComponentChildren } from 'preact'
import type { ReportedFigures, ReportedSent } from '#shared/domain/reporting/report.ts'
import { Note } from '../../app/components/note.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { Instant, money, number } from '../../app/components/words.tsx'

type Head = { asOf?: string; missing: readonly string[] }
type Row<Told> = { key: string; name: ComponentChildren; told: Told }
type Props<Told> = {
  caption: string
  head: string
  of: Head
  rows: readonly Row<Told>[]
  total: Told | undefined
  columns: readonly Column<Told>[]
}

/** Rows with their total, how fresh they are, and which days are not in them. */
export function ReportTable<Told>({ caption, head, of: { asOf, missing }, rows, total, columns }: Props<Told>) {
  const all =
    total === undefined || rows.length === 0
      ? rows
      : [...rows, { key: 'total', name: <strong>Total</strong>, told: total }]
  return (
    <>
      <Table
        caption={caption}
        columns={[
          { head, cell: ({ name }: Row<Told>) => name },
          ...columns.map(({ cell, ...column }) => ({ ...column, cell: ({ told }: Row<Told>) => cell(told) })),
        ]}
        rows={all}
        keyOf={({ key }) => key}
        empty="Nothing has been counted in these days yet. The worker counts every hour; on one machine, every few seconds."
      />
      {asOf && (
        <p class="help">
          As of <Instant at={asOf} />.
        </p>
      )}
      {missing.length > 0 && rows.length > 0 && (
        <Note>
          {missing.length === 1 ? 'One day has' : `${number(missing.length)} days have`} not been counted yet, and{' '}
          {missing.length === 1 ? 'is' : 'are'} in no figure: {missing.slice(0, 5).join(', ')}
          {missing.length > 5 && ' …'}
        </Note>
      )}
    </>
  )
}

const figure = <Told,>(head: string, cell: (told: Told) => string | undefined): Column<Told> => ({
  head,
  kind: 'number',
  cell: (told) => cell(told) ?? '–',
})
const percent = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 })
const share = (rate: number | undefined) => (rate === undefined ? undefined : percent.format(rate))

/** What became of what was sent, and what it was worth. */
export const sentColumns: readonly Column<ReportedSent>[] = [
  figure('Sent', ({ deliveries }) => number(deliveries.made)),
  figure('Arrived', ({ deliveries }) => number(deliveries.arrived)),
  figure('Arrival', ({ rates }) => share(rates.delivery)),
  figure('Contacted', ({ rates }) => share(rates.contact)),
  figure('Applied', ({ rates }) => share(rates.application)),
  figure('Enrolled', ({ rates }) => share(rates.enrolment)),
  figure('Returned', ({ returns }) => number(returns.accepted)),
  figure('Sold', ({ money: { soldCents } }) => money(soldCents)),
  figure('Net', ({ money: { netCents } }) => money(netCents)),
]

/** The same after what came in. */
export const figureColumns: readonly Column<ReportedFigures>[] = [
  figure('Leads', ({ leads }) => number(leads.received)),
  figure('Accepted', ({ rates }) => share(rates.acceptance)),
  ...sentColumns,
]
