import { readReconciliation } from '#shared/contract/reporting/reports.ts'
import { type Difference, difference } from '#shared/domain/reporting/reconciliation.ts'
import { useLoaded } from '../../app/api.tsx'
import { Facts } from '../../app/components/moment.tsx'
import { Note, Ready } from '../../app/components/note.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { Instant, number } from '../../app/components/words.tsx'
import { Link, useQuery } from '../../app/place.tsx'
import { DayPicker } from './day-picker.tsx'
import { today } from './today.ts'

/** Whether every lead of a day is accounted for. */
export function Books() {
  const [query, change] = useQuery()
  const day = query.get('day') ?? today()
  const [books, again] = useLoaded(readReconciliation, { query: { day } })
  return (
    <>
      <h1>Books</h1>
      <DayPicker day={day} change={change} />
      <Ready of={books} again={again}>
        {({ leads, schools, drift, differences, finishedAt, until }) => (
          <>
            <Note kind={drift === 0 ? 'good' : 'bad'}>
              {drift === 0
                ? 'Every lead is accounted for.'
                : `${number(drift)} differences. That is a fault of ours: no lead is lost, but what is said of it is wrong.`}
            </Note>
            <div class="cards">
              <section class="card">
                <h2>What the leads say</h2>
                <Facts of={Object.entries(leads).map(([name, count]) => [name, number(count)])} />
              </section>
              <section class="card">
                <h2>What the schools’ lists say</h2>
                <Facts of={Object.entries(schools).map(([name, count]) => [name, number(count)])} />
              </section>
            </div>
            {drift > 0 && (
              <div class="card">
                <Table
                  caption="Differences"
                  columns={columns}
                  rows={differences}
                  keyOf={({ leadId, schoolId, kind }) => `${leadId} ${schoolId} ${kind}`}
                  empty="None is listed."
                />
              </div>
            )}
            <p class="help">
              Made <Instant at={finishedAt} />, of what was decided until <Instant at={until} />.{' '}
              {difference.shape.kind.meta()?.description?.replaceAll('`', '')}
            </p>
          </>
        )}
      </Ready>
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
