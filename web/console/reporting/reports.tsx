import { exportReport } from '#shared/contract/reporting/reports.ts'
import { reportGroups } from '#shared/domain/reporting/report-groups.ts'
import { maxFreeValues } from '#shared/domain/reporting/roll-up/free-values.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { Select } from '../../app/components/field.tsx'
import { downloadFile } from '../../app/download-file.ts'
import { formatZoneName } from '../../app/format.ts'
import { useQuery } from '../../app/router.tsx'
import { getTimeZone } from '../../app/time-zone.ts'
import { consoleText } from '../text/console-text.ts'
import { reportText } from '../text/reporting-text.ts'
import { DailyReport, GroupReport, type ReportRequest, SchoolsReport, SourcesReport } from './report-pages.tsx'
import { parseSpan, SpanPicker } from './span-picker.tsx'

const reports = ['daily', 'schools', 'sources', ...reportGroups] as const

/** Reports by day, school, source and group, in the time zone of the app. */
export function Reports() {
  const [query, change] = useQuery()
  const { call } = useApi()
  const span = parseSpan(query)
  const report = reports.find((name) => name === query.get('by')) ?? 'daily'
  const request = { ...span, timeZone: getTimeZone() }
  return (
    <>
      <h1>{reportText.title}</h1>
      <div class="filters">
        <Select
          label={reportText.by}
          choices={reports.map((name) => ({ value: name, label: reportText.groups[name] }))}
          value={report}
          onChange={({ currentTarget }) => change({ by: currentTarget.value })}
        />
      </div>
      <SpanPicker span={span} change={change} />
      <section class="card" aria-label={reportText.groups[report]} aria-live="polite">
        <Report key={report} report={report} request={request} />
      </section>
      <p class="help">
        {reportText.help(formatZoneName(request.timeZone))} {findGroupHelp(report)}
      </p>
      <Action
        kind="second"
        successMessage={consoleText.downloaded}
        run={async () => {
          const response = await call(exportReport, { params: { report }, query: request })
          if (response.text !== undefined && !response.problem)
            downloadFile(response.text, `${report}-${span.from}-${span.to}.csv`)
          return response
        }}
      >
        {consoleText.downloadCsv}
      </Action>
    </>
  )
}

function Report({ report, request }: { report: (typeof reports)[number]; request: ReportRequest }) {
  if (report === 'daily') return <DailyReport request={request} />
  if (report === 'schools') return <SchoolsReport request={request} />
  if (report === 'sources') return <SourcesReport request={request} />
  return <GroupReport request={request} by={report} />
}

/** What a reader must know of the rows of a group. */
function findGroupHelp(report: (typeof reports)[number]): string {
  if (report === 'reasons') return reportText.reasonsHelp
  return report === 'sub-ids' || report.startsWith('utm-') ? reportText.labelsHelp(maxFreeValues) : ''
}
