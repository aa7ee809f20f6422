import { listReplays } from '#shared/contract/delivery/replays.ts'
import type { ReplayFilter, ReplayJob } from '#shared/domain/delivery/replay-job.ts'
import { Badge } from '../../app/components/badge.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { formatInstant, formatNumber } from '../../app/format.ts'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link } from '../../app/router.tsx'
import { statusLabels } from '../../app/text/status-labels.ts'
import { type Names, useNames } from '../catalog/names.tsx'
import { replaysText } from '../text/delivery-text.ts'

/** The replays of the last 90 days. */
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
        <h1>{replaysText.title}</h1>
        <Link to="/deliveries">{replaysText.deliveries}</Link>
      </div>
      <div class="card">
        {note ?? (
          <Table
            caption={replaysText.caption}
            columns={createColumns(schools)}
            rows={rows}
            getRowKey={({ replayId }) => replayId}
            emptyMessage={replaysText.empty}
          />
        )}
        {more}
      </div>
    </>
  )
}

/** Describes a filter in words. */
export function formatReplayFilter({ schoolId, campaignId, states, from, to }: ReplayFilter, schools: Names): string {
  return [
    replaysText.filter(states.map((state) => statusLabels.delivery[state].label).join(', ')),
    schoolId === undefined ? replaysText.ofAllSchools : replaysText.ofSchool(schools.get(schoolId) ?? schoolId),
    campaignId !== undefined && replaysText.inCampaign(campaignId),
    from !== undefined && replaysText.from(formatInstant(from)),
    to !== undefined && replaysText.before(formatInstant(to)),
  ]
    .filter(Boolean)
    .join(' ')
}

const createColumns = (schools: Names): readonly Column<ReplayJob>[] => [
  {
    head: replaysText.columns.started,
    cell: ({ replayId, startedAt }) => (
      <Link to={`/replays/${replayId}`}>
        <Instant at={startedAt} />
      </Link>
    ),
  },
  { head: replaysText.columns.filter, cell: ({ filter }) => formatReplayFilter(filter, schools) },
  { head: replaysText.columns.status, cell: ({ state }) => <Badge kind="job" status={state} /> },
  { head: replaysText.columns.matched, kind: 'number', cell: ({ matched }) => formatNumber(matched) },
  { head: replaysText.columns.resent, kind: 'number', cell: ({ replayed }) => formatNumber(replayed) },
  {
    head: replaysText.columns.skipped,
    kind: 'number',
    cell: ({ skipped, capReached }) => formatNumber(skipped + capReached),
  },
]
