import { readSourcesReport } from '#shared/contract/reporting/reports.ts'
import type { Span } from '#shared/domain/reporting/report-span.ts'
import { useLoaded } from '../../app/api.tsx'
import { Ready } from '../../app/components/note.tsx'
import { Link } from '../../app/place.tsx'
import { figureColumns, ReportTable } from './report-table.tsx'

/** Source by source, whose leads brought most first. */
export function Sources({ span }: { span: Span }) {
  const [report, again] = useLoaded(readSourcesReport, { query: span })
  return (
    <Ready of={report} again={again}>
      {({ sources, total, ...head }) => (
        <ReportTable
          caption={`Leads received from ${head.from} to ${head.to}, by source`}
          head="Source"
          of={head}
          rows={sources.map(({ sourceId, name = sourceId, ...told }) => ({
            key: sourceId,
            name: <Link to={`/sources/${sourceId}`}>{name}</Link>,
            told,
          }))}
          total={total}
          columns={figureColumns}
        />
      )}
    </Ready>
  )
}
