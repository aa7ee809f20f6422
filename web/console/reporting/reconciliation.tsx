import { readReconciliation } from '#shared/contract/reporting/reports.ts'
import { type Difference, difference } from '#shared/domain/reporting/reconciliation.ts'
import { useApiData } from '../../app/browser-client.tsx'
import { formatNumber, Instant } from '../../app/components/format.tsx'
import { LoadBoundary, Note } from '../../app/components/note.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { DetailList } from '../../app/components/timeline-entry.tsx'
import { Link, useQuery } from '../../app/router.tsx'
import { DayPicker } from './day-picker.tsx'
import { getToday } from './get-today.ts'

/** Whether every lead of a day is accounted for. */
export function Reconciliation() {
  const [query, change] = useQuery()
  const day = query.get('day') ?? getToday()
  const [reconciliation, reload] = useApiData(readReconciliation, { query: { day } })
  return (
    <>
      <h1>Books</h1>
      <DayPicker day={day} change={change} />
      <LoadBoundary data={reconciliation} reload={reload}>
        {({ leads, schools, drift, differences, finishedAt, until }) => (
          <>
            <Note kind={drift === 0 ? 'good' : 'bad'}>
              {drift === 0
                ? 'Every lead is accounted for.'
                : `${formatNumber(drift)} differences. That is a fault of ours: no lead is lost, but what is said of it is wrong.`}
            </Note>
            <div class="cards">
              <section class="card">
                <h2>What the leads say</h2>
                <DetailList items={Object.entries(leads).map(([name, count]) => [name, formatNumber(count)])} />
              </section>
              <section class="card">
                <h2>What the schools’ lists say</h2>
                <DetailList items={Object.entries(schools).map(([name, count]) => [name, formatNumber(count)])} />
              </section>
            </div>
            {drift > 0 && (
              <div class="card">
                <Table
                  caption="Differences"
                  columns={columns}
                  rows={differences}
                  getRowKey={({ leadId, schoolId, kind }) => `${leadId} ${schoolId} ${kind}`}
                  emptyMessage="None is listed."
                />
              </div>
            )}
            <p class="help">
              Made <Instant at={finishedAt} />, of what was decided until <Instant at={until} />.{' '}
              {difference.shape.kind.meta()?.description?.replaceAll('`', '')}
            </p>
          </>
        )}
      </LoadBoundary>
    </>
  )
}

const columns: readonly Column<Difference>[] = [
  { head: 'Kind', cell: ({ kind }) => kind },
  {
    head: 'Lead',
    cell: ({ leadId }) => (
      <Link to={`/leads/${leadId}`} class="id">
        {leadId}
      </Link>
    ),
  },
  { head: 'School', cell: ({ schoolId = '–' }) => schoolId },
  { head: 'Delivery', cell: ({ deliveryId = '–' }) => <span class="id">{deliveryId}</span> },
]
