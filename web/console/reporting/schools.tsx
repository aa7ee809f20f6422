import { readSchoolsReport } from '#shared/contract/reporting/reports.ts'
import type { ReportSpan } from '#shared/domain/reporting/parse-report-span.ts'
import { useApiData } from '../../app/browser-client.tsx'
import { LoadBoundary } from '../../app/components/note.tsx'
import { Link } from '../../app/router.tsx'
import { deliveryColumns, ReportTable } from './report-table.tsx'

/** School by school, who bought most first. */
export function Schools({ span }: { span: ReportSpan }) {
  const [report, reload] = useApiData(readSchoolsReport, { query: span })
  return (
    <LoadBoundary data={report} reload={reload}>
      {({ schools, total, ...head }) => (
        <ReportTable
          caption={`Leads received from ${head.from} to ${head.to}, by school`}
          head="School"
          coverage={head}
          rows={schools.map(({ schoolId, name = schoolId, ...figures }) => ({
            key: schoolId,
            name: <Link to={`/schools/${schoolId}`}>{name}</Link>,
            figures: figures,
          }))}
          total={total}
          columns={deliveryColumns}
        />
      )}
    </LoadBoundary>
  )
}
