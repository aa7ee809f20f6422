import { readSourcesReport } from '#shared/contract/reporting/reports.ts'
import type { ReportSpan } from '#shared/domain/reporting/parse-report-span.ts'
import { useApiData } from '../../app/browser-client.tsx'
import { LoadBoundary } from '../../app/components/note.tsx'
import { Link } from '../../app/router.tsx'
import { figureColumns, ReportTable } from './report-table.tsx'

/** Source by source, whose leads brought most first. */
export function Sources({ span }: { span: ReportSpan }) {
  const [report, reload] = useApiData(readSourcesReport, { query: span })
  return (
    <LoadBoundary data={report} reload={reload}>
      {({ sources, total, ...head }) => (
        <ReportTable
          caption={`Leads received from ${head.from} to ${head.to}, by source`}
          head="Source"
          coverage={head}
          rows={sources.map(({ sourceId, name = sourceId, ...figures }) => ({
            key: sourceId,
            name: <Link to={`/sources/${sourceId}`}>{name}</Link>,
            figures: figures,
          }))}
          total={total}
          columns={figureColumns}
        />
      )}
    </LoadBoundary>
  )
}
