import {
  readDailyReport,
  readGroupReport,
  readSchoolsReport,
  readSourcesReport,
} from '#shared/contract/reporting/reports.ts'
import type { ReportGroup } from '#shared/domain/reporting/figures.ts'
import type { ReportSpan } from '#shared/domain/reporting/report-span.ts'
import { useApiData } from '../../app/browser-client.tsx'
import { LoadBoundary } from '../../app/components/note.tsx'
import { formatDay } from '../../app/format.ts'
import { Link } from '../../app/router.tsx'
import { reportText } from '../text/reporting-text.ts'
import { LeadEconomics } from './lead-economics.tsx'
import { deliveryColumns, figureColumns, ReportTable } from './report-table.tsx'

const { captions, heads } = reportText
type Props = { span: ReportSpan }

export function DailyReport({ span }: Props) {
  const [report, reload] = useApiData(readDailyReport, { query: span })
  return (
    <LoadBoundary data={report} reload={reload}>
      {({ days, total, ...coverage }) => (
        <>
          <ReportTable
            caption={captions.daily(formatDay(coverage.from), formatDay(coverage.to))}
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
export function SchoolsReport({ span }: Props) {
  const [report, reload] = useApiData(readSchoolsReport, { query: span })
  return (
    <LoadBoundary data={report} reload={reload}>
      {({ schools, total, ...coverage }) => (
        <ReportTable
          caption={captions.schools(formatDay(coverage.from), formatDay(coverage.to))}
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

/** The campaigns, programs, careers or states with the highest revenue come first. */
function GroupReport({ span, by }: Props & { by: ReportGroup }) {
  const [report, reload] = useApiData(readGroupReport, { query: { ...span, by } })
  return (
    <LoadBoundary data={report} reload={reload}>
      {({ rows, total, ...coverage }) => (
        <ReportTable
          caption={captions[by](formatDay(coverage.from), formatDay(coverage.to))}
          head={heads[by]}
          coverage={coverage}
          rows={rows.map(({ id, generation = 1, leads: _, ...figures }) => ({
            key: `${id} ${generation}`,
            name: by === 'states' ? id : <Link to={`/${by}/${encodeURIComponent(id)}`}>{id}</Link>,
            figures,
          }))}
          total={total}
          columns={deliveryColumns}
        />
      )}
    </LoadBoundary>
  )
}

export const CampaignsReport = ({ span }: Props) => <GroupReport span={span} by="campaigns" />
export const ProgramsReport = ({ span }: Props) => <GroupReport span={span} by="programs" />
export const CareersReport = ({ span }: Props) => <GroupReport span={span} by="careers" />
export const StatesReport = ({ span }: Props) => <GroupReport span={span} by="states" />

/** The sources with the highest revenue come first. */
export function SourcesReport({ span }: Props) {
  const [report, reload] = useApiData(readSourcesReport, { query: span })
  return (
    <LoadBoundary data={report} reload={reload}>
      {({ sources, total, ...coverage }) => (
        <>
          <ReportTable
            caption={captions.sources(formatDay(coverage.from), formatDay(coverage.to))}
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
