import { handler as exportReport } from './export-report.ts'
import { handler as readDailyReport } from './read-daily-report.ts'
import { handler as readGroupReport } from './read-group-report.ts'
import { handler as readSchoolsReport } from './read-schools-report.ts'
import { handler as readSourcesReport } from './read-sources-report.ts'

/** The reports of counted days. */
export const reportHandlers = {
  readDailyReport,
  readSchoolsReport,
  readSourcesReport,
  readGroupReport,
  exportReport,
}
