import { exportReport } from '#shared/contract/reporting/reports.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { Link, useQuery } from '../../app/router.tsx'
import { downloadFile } from '../download-file.ts'
import { Daily } from './daily.tsx'
import { Schools } from './schools.tsx'
import { Sources } from './sources.tsx'
import { parseSpan, SpanPicker } from './span-picker.tsx'

const reports = [
  { name: 'daily', label: 'By day', page: Daily },
  { name: 'schools', label: 'By school', page: Schools },
  { name: 'sources', label: 'By source', page: Sources },
] as const

/** Counts, rates and money over days, by day, by school and by source. */
export function Reports() {
  const [query, change] = useQuery()
  const { call } = useApi()
  const span = parseSpan(query)
  const currentReport = reports.find(({ name }) => name === query.get('by')) ?? reports[0]
  const { page: Page } = currentReport
  const getReportPath = (by: string) => `/reports?${new URLSearchParams({ ...span, by })}`
  return (
    <>
      <h1>Reports</h1>
      <nav class="filters tabs" aria-label="Reports">
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
      <p class="help">
        A lead counts on the day on which it was received, with all that became of it since. Days begin at midnight UTC.
        Test leads count nowhere.
      </p>
      <Action
        kind="second"
        successMessage="The file is among your downloads."
        run={async () => {
          const response = await call(exportReport, { params: { report: currentReport.name }, query: span })
          if (response.text !== undefined && !response.problem)
            downloadFile(response.text, `${currentReport.name}-${span.from}-${span.to}.csv`)
          return response
        }}
      >
        Download CSV
      </Action>
    </>
  )
}
