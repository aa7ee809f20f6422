import { readReconciliation } from '#shared/contract/reporting/reports.ts'
import type { Difference } from '#shared/domain/reporting/reconciliation.ts'
import { useApiData } from '../../app/browser-client.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { LoadBoundary, Note } from '../../app/components/note.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { DetailList } from '../../app/components/timeline.tsx'
import { formatNumber } from '../../app/format.ts'
import { Link, useQuery } from '../../app/router.tsx'
import { appText } from '../../app/text/app-text.ts'
import { formatName, type Names, useNames } from '../catalog/names.tsx'
import { reconciliationText } from '../text/reporting-text.ts'
import { DayPicker, getUtcToday } from './day-picker.tsx'

/** Whether every lead of a day is accounted for. */
export function Reconciliation() {
  const [query, change] = useQuery()
  const day = query.get('day') ?? getUtcToday()
  const schoolNames = useNames('schools')
  const [reconciliation, reload] = useApiData(readReconciliation, { query: { day } })
  return (
    <>
      <h1>{reconciliationText.title}</h1>
      <DayPicker isUtc day={day} change={change} />
      <LoadBoundary data={reconciliation} reload={reload} notFoundMessage={reconciliationText.notReconciled}>
        {({ leads, schools, drift, differences, finishedAt, until }) => (
          <>
            <Note kind={drift === 0 ? 'good' : 'bad'}>
              {drift === 0 ? reconciliationText.noDifferences : reconciliationText.differences(formatNumber(drift))}
            </Note>
            <div class="cards">
              <section class="card">
                <h2>{reconciliationText.leads}</h2>
                <DetailList items={toItems(leads, reconciliationText.leadCounts)} />
              </section>
              <section class="card">
                <h2>{reconciliationText.deliveries}</h2>
                <DetailList items={toItems(schools, reconciliationText.deliveryCounts)} />
              </section>
            </div>
            {drift > 0 && (
              <div class="card">
                <Table
                  caption={reconciliationText.caption}
                  columns={createColumns(schoolNames)}
                  rows={differences}
                  getRowKey={({ leadId, schoolId, kind }) => `${leadId} ${schoolId} ${kind}`}
                  emptyMessage={reconciliationText.empty}
                />
              </div>
            )}
            <p class="help">
              {reconciliationText.finished} <Instant at={finishedAt} />. {reconciliationText.until}{' '}
              <Instant at={until} />.
            </p>
          </>
        )}
      </LoadBoundary>
    </>
  )
}

/** The counts with their labels. A count that has no label would be a type error. */
function toItems<Name extends string>(counts: { [name in Name]: number }, labels: { readonly [name in Name]: string }) {
  return Object.entries<string>(labels).map(([name, label]) => [label, formatNumber(readCount(counts, name))] as const)
}

function readCount(counts: { readonly [name: string]: number }, name: string): number {
  return counts[name] ?? 0
}

const createColumns = (schoolNames: Names): readonly Column<Difference>[] => [
  { head: reconciliationText.columns.kind, cell: ({ kind }) => reconciliationText.kinds[kind] },
  {
    head: reconciliationText.columns.lead,
    cell: ({ leadId }) => (
      <Link to={`/leads/${leadId}`} class="id">
        {leadId}
      </Link>
    ),
  },
  {
    head: reconciliationText.columns.school,
    cell: ({ schoolId }) => (schoolId === undefined ? appText.none : formatName(schoolNames, schoolId)),
  },
  {
    head: reconciliationText.columns.delivery,
    cell: ({ deliveryId = appText.none }) => <span class="id">{deliveryId}</span>,
  },
]
