import { listReplays } from '#shared/contract/delivery/replays.ts'
import type { ReplayFilter, ReplayJob } from '#shared/domain/delivery/replay.ts'
import { Badge, formatNumber, Instant } from '../../app/components/format.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link } from '../../app/router.tsx'
import { type Names, useNames } from '../catalog/names.tsx'

/** What was sent again in bulk, and how that went. */
export function Replays() {
  const schools = useNames('schools')
  const { rows, more, note } = usePages(
    [],
    (call, page) => call(listReplays, { query: page }),
    ({ body }) => body.replays,
  )
  return (
    <>
      <div class="head">
        <h1>Replays</h1>
        <Link to="/deliveries">Replay deliveries</Link>
      </div>
      <div class="card">
        {note ?? (
          <Table
            caption="Replays of the last 90 days, latest first"
            columns={columns(schools)}
            rows={rows}
            getRowKey={({ replayId }) => replayId}
            emptyMessage="Nothing was replayed in bulk in the last 90 days. Look for parked and dead deliveries under Deliveries."
          />
        )}
        {more}
      </div>
    </>
  )
}

/** A filter, as people say it. */
export function formatReplayFilter({ schoolId, campaignId, states, from, to }: ReplayFilter, schools: Names): string {
  return [
    `${states.join(', ')} deliveries`,
    schoolId === undefined ? 'of all schools' : `of ${schools.get(schoolId) ?? schoolId}`,
    campaignId !== undefined && `in ${campaignId}`,
    from !== undefined && `from ${from}`,
    to !== undefined && `before ${to}`,
  ]
    .filter(Boolean)
    .join(' ')
}

const columns = (schools: Names): readonly Column<ReplayJob>[] => [
  {
    head: 'Started',
    cell: ({ replayId, startedAt }) => (
      <Link to={`/replays/${replayId}`}>
        <Instant at={startedAt} />
      </Link>
    ),
  },
  { head: 'What', cell: ({ filter }) => formatReplayFilter(filter, schools) },
  { head: 'State', cell: ({ state }) => <Badge text={state} /> },
  { head: 'Matched', kind: 'number', cell: ({ matched }) => formatNumber(matched) },
  { head: 'Sent again', kind: 'number', cell: ({ replayed }) => formatNumber(replayed) },
  { head: 'Left alone', kind: 'number', cell: ({ skipped, capReached }) => formatNumber(skipped + capReached) },
]
