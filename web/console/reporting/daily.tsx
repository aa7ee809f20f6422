import { readDailyReport } from '#shared/contract/reporting/reports.ts'
import type { ReportSpan } from '#shared/domain/reporting/parse-report-span.ts'
import { useApiData } from '../../app/browser-client.tsx'
import { LoadBoundary } from '../../app/components/note.tsx'
import { Link } from '../../app/router.tsx'
import { figureColumns, ReportTable } from './report-table.tsx'

/** Day by day. */
export function Daily({ span }: { span: ReportSpan }) {
  const [report, reload] = useApiData(readDailyReport, { query: span })
  return (
    <LoadBoundary data={report} reload={reload}>
      {({ days, total, ...head }) => (
        <ReportTable
          caption={`Leads received from ${head.from} to ${head.to}, day by day`}
          head="Day"
          coverage={head}
          rows={days.map((figures) => ({
            key: figures.day,
            name: <Link to={`/?day=${figures.day}`}>{figures.day}</Link>,
            figures: figures,
          }))}
          total={total}
          columns={figureColumns}
        />
      )}
    </LoadBoundary>
  )
}
