import { exportReport } from '#shared/contract/reporting/reports.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { downloadFile } from '../../app/download-file.ts'
import { formatTime, formatZoneName } from '../../app/format.ts'
import { Link, useQuery } from '../../app/router.tsx'
import { getTimeZone } from '../../app/time-zone.ts'
import { consoleText } from '../text/console-text.ts'
import { reportText } from '../text/reporting-text.ts'
import {
  CampaignsReport,
  CareersReport,
  DailyReport,
  ProgramsReport,
  SchoolsReport,
  SourcesReport,
  StatesReport,
} from './report-pages.tsx'
import { parseSpan, SpanPicker } from './span-picker.tsx'

const reports = [
  { name: 'daily', label: reportText.tabs.daily, page: DailyReport },
  { name: 'schools', label: reportText.tabs.schools, page: SchoolsReport },
  { name: 'sources', label: reportText.tabs.sources, page: SourcesReport },
  { name: 'campaigns', label: reportText.tabs.campaigns, page: CampaignsReport },
  { name: 'programs', label: reportText.tabs.programs, page: ProgramsReport },
  { name: 'careers', label: reportText.tabs.careers, page: CareersReport },
  { name: 'states', label: reportText.tabs.states, page: StatesReport },
] as const

/** Reports by day, school, source, campaign, program, career and state. */
export function Reports() {
  const [query, change] = useQuery()
  const { call } = useApi()
  const span = parseSpan(query)
  const currentReport = reports.find(({ name }) => name === query.get('by')) ?? reports[0]
  const { page: Page } = currentReport
  const getReportPath = (by: string) => `/reports?${new URLSearchParams({ ...span, by })}`
  return (
    <>
      <h1>{reportText.title}</h1>
      <nav class="filters tabs" aria-label={reportText.title}>
        {reports.map(({ name, label }) => (
          <Link
            key={name}
            to={getReportPath(name)}
            {...(name === currentReport.name && { 'aria-current': 'page' as const })}
          >
            {label}
          </Link>
        ))}
      </nav>
      <SpanPicker span={span} change={change} />
      <section class="card" aria-label={currentReport.label} aria-live="polite">
        <Page span={span} />
      </section>
      <p class="help">{reportText.help(formatTime(`${span.to}T00:00:00.000Z`), formatZoneName(getTimeZone()))}</p>
      <Action
        kind="second"
        successMessage={consoleText.downloaded}
        run={async () => {
          const response = await call(exportReport, { params: { report: currentReport.name }, query: span })
          if (response.text !== undefined && !response.problem)
            downloadFile(response.text, `${currentReport.name}-${span.from}-${span.to}.csv`)
          return response
        }}
      >
        {consoleText.downloadCsv}
      </Action>
    </>
  )
}
