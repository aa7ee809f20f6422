import { stringify } from 'csv-stringify/sync'
import type { ReportedDeliveries, ReportedFigures } from '../domain/reporting/report.ts'

/** `key`: what the line is of. Without figures where nobody has counted them. */
export type ReportCsvRow = {
  key: { [column: string]: string }
  counted?: ReportedDeliveries & Partial<ReportedFigures>
}

/** RFC 4180. A value that a spreadsheet would take for a formula gets a quote before it. */
export function toReportCsv(rows: readonly ReportCsvRow[]): string {
  const flatRows = rows.map(({ key, counted }) => ({ ...key, ...(counted && flattenFigures(counted)) }))
  const columns = [...new Set(flatRows.flatMap(Object.keys))]
  return stringify(flatRows, {
    header: columns.length > 0,
    columns,
    escape_formulas: true,
    record_delimiter: 'windows',
  })
}

/** What has no rate has an empty cell, not a 0. */
function flattenFigures({
  leads,
  deliveries,
  states,
  dispositions,
  returns,
  money,
  rates,
}: NonNullable<ReportCsvRow['counted']>) {
  return {
    ...leads,
    ...deliveries,
    ...prefixKeys('state', states),
    ...prefixKeys('furthest', dispositions),
    ...prefixKeys('returns', returns),
    ...money,
    ...prefixKeys('rate', { ...emptyRates, ...rates }),
  }
}

const emptyRates = { acceptance: '', delivery: '', contact: '', application: '', enrollment: '', return: '' }

function prefixKeys(prefix: string, counts: { [name: string]: number | string }) {
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [`${prefix}.${name}`, count]))
}
