import {
  readDailyReport,
  readGroupReport,
  readSchoolsReport,
  readSourcesReport,
} from '#shared/contract/reporting/reports.ts'
import type { ReportGroup } from '#shared/domain/reporting/report-groups.ts'
import type { ReportSpan } from '#shared/domain/reporting/report-span.ts'
import { useApiData } from '../../app/browser-client.tsx'
import { LoadBoundary } from '../../app/components/note.tsx'
import { formatDay } from '../../app/format.ts'
import { Link } from '../../app/router.tsx'
import { dispositionLabels } from '../../app/text/lead-labels.ts'
import { explainReason } from '../routing/explain-reason.ts'
import { reportText } from '../text/reporting-text.ts'
import { LeadEconomics } from './lead-economics.tsx'
import { deliveryColumns, figureColumns, groupColumns, ReportTable } from './report-table.tsx'

const { groups: heads } = reportText
export type ReportRequest = ReportSpan & { timeZone: string }
type Props = { request: ReportRequest }

export function DailyReport({ request }: Props) {
  const [report, reload] = useApiData(readDailyReport, { query: request })
  return (
    <LoadBoundary data={report} reload={reload}>
      {({ days, total, ...coverage }) => (
        <>
          <ReportTable
            caption={toCaption('daily', coverage)}
            head={heads.daily}
            coverage={coverage}
            rows={days.map((figures) => ({
              key: figures.day,
              name: (
                <Link to={`/?day=${figures.day}`}>
                  <time dateTime={figures.day}>{formatDay(figures.day)}</time>
                </Link>
              ),
              figures,
            }))}
            total={total}
            columns={figureColumns}
          />
          <LeadEconomics total={total} />
        </>
      )}
    </LoadBoundary>
  )
}

/** The schools with the highest revenue come first. */
export function SchoolsReport({ request }: Props) {
  const [report, reload] = useApiData(readSchoolsReport, { query: request })
  return (
    <LoadBoundary data={report} reload={reload}>
      {({ schools, total, ...coverage }) => (
        <ReportTable
          caption={toCaption('schools', coverage)}
          head={heads.schools}
          coverage={coverage}
          rows={schools.map(({ schoolId, generation = 1, name = schoolId, ...figures }) => ({
            key: `${schoolId} ${generation}`,
            name: <Link to={`/schools/${schoolId}`}>{name}</Link>,
            figures,
          }))}
          total={total}
          columns={deliveryColumns}
        />
      )}
    </LoadBoundary>
  )
}

/** The rows of a group with the highest revenue come first, hours in their order. */
export function GroupReport({ request, by }: Props & { by: ReportGroup }) {
  const [report, reload] = useApiData(readGroupReport, { query: { ...request, by } })
  return (
    <LoadBoundary data={report} reload={reload}>
      {({ rows, total, ...coverage }) => (
        <ReportTable
          caption={toCaption(by, coverage)}
          head={heads[by]}
          coverage={coverage}
          rows={rows.map(({ id, generation = 1, isOther, leads, ...figures }) => ({
            key: `${id} ${generation}`,
            name: isOther ? <em>{reportText.otherValues}</em> : <GroupName by={by} id={id} />,
            figures: { ...figures, leads },
          }))}
          total={total && { ...total, leads: undefined }}
          columns={rows.some(({ leads }) => leads) ? groupColumns : deliveryColumns}
        />
      )}
    </LoadBoundary>
  )
}

const pagesOfGroups: ReadonlySet<ReportGroup> = new Set(['campaigns', 'programs', 'careers'])

function GroupName({ by, id }: { by: ReportGroup; id: string }) {
  if (pagesOfGroups.has(by)) return <Link to={`/${by}/${encodeURIComponent(id)}`}>{id}</Link>
  if (by === 'hours') return <time>{id}:00</time>
  if (by === 'reasons') return <>{explainReason(id).description}</>
  if (by === 'dispositions') return <>{formatDisposition(id)}</>
  return <>{id}</>
}

/** `none`: the school has said nothing of these. */
function formatDisposition(id: string): string {
  const label = Object.entries(dispositionLabels).find(([word]) => word === id)?.[1]
  return label?.label ?? reportText.noDisposition
}

function toCaption(report: keyof typeof heads, { from, to }: ReportSpan): string {
  return reportText.caption(formatDay(from), formatDay(to), reportText.groups[report])
}

/** The sources with the highest revenue come first. */
export function SourcesReport({ request }: Props) {
  const [report, reload] = useApiData(readSourcesReport, { query: request })
  return (
    <LoadBoundary data={report} reload={reload}>
      {({ sources, total, ...coverage }) => (
        <>
          <ReportTable
            caption={toCaption('sources', coverage)}
            head={heads.sources}
            coverage={coverage}
            rows={sources.map(({ sourceId, generation = 1, name = sourceId, ...figures }) => ({
              key: `${sourceId} ${generation}`,
              name: <Link to={`/sources/${sourceId}`}>{name}</Link>,
              figures,
            }))}
            total={total}
            columns={figureColumns}
          />
          <LeadEconomics total={total} />
        </>
      )}
    </LoadBoundary>
  )
}
