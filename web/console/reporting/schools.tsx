import { readSchoolsReport } from '#shared/contract/reporting/reports.ts'
import type { Span } from '#shared/domain/reporting/report-span.ts'
import { useLoaded } from '../../app/api.tsx'
import { Ready } from '../../app/components/note.tsx'
import { Link } from '../../app/place.tsx'
import { ReportTable, sentColumns } from './report-table.tsx'

/** School by school, who bought most first. */
export function Schools({ span }: { span: Span }) {
  const [report, again] = useLoaded(readSchoolsReport, { query: span })
  return (
    <Ready of={report} again={again}>
      {({ schools, total, ...head }) => (
        <ReportTable
          caption={`Leads received from ${head.from} to ${head.to}, by school`}
          head="School"
          of={head}
          rows={schools.map(({ schoolId, name = schoolId, ...told }) => ({
            key: schoolId,
            name: <Link to={`/schools/${schoolId}`}>{name}</Link>,
            told,
          }))}
          total={total}
          columns={sentColumns}
        />
      )}
    </Ready>
  )
}
