import { readDailyReport } from '#shared/contract/reporting/reports.ts'
import type { Span } from '#shared/domain/reporting/report-span.ts'
import { useLoaded } from '../../app/api.tsx'
import { Ready } from '../../app/components/note.tsx'
import { Link } from '../../app/place.tsx'
import { figureColumns, ReportTable } from './report-table.tsx'

/** Day by day. */
export function Daily({ span }: { span: Span }) {
  const [report, again] = useLoaded(readDailyReport, { query: span })
  return (
    <Ready of={report} again={again}>
      {({ days, total, ...head }) => (
        <ReportTable
          caption={`Leads received from ${head.from} to ${head.to}, day by day`}
          head="Day"
          of={head}
          rows={days.map((told) => ({
            key: told.day,
            name: <Link to={`/?day=${told.day}`}>{told.day}</Link>,
            told,
          }))}
          total={total}
          columns={figureColumns}
        />
      )}
    </Ready>
  )
}
