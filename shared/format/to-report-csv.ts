import { stringify } from 'csv-stringify/sync'
import type { ReportedDeliveries, ReportedFigures } from '../domain/reporting/report.ts'

/** `key`: what the row is about. `counted` is absent if the figures were never counted. */
export type ReportCsvRow = {
  key: { [column: string]: string }
  counted?: ReportedDeliveries & Partial<ReportedFigures>
}

/** CSV by RFC 4180. A value that a spreadsheet would run as a formula is escaped. */
export function toReportCsv(rows: readonly ReportCsvRow[]): string {
  const flatRows = rows.map(({ key, counted }) => ({ ...key, ...(counted && flattenFigures(counted)) }))
  const columns = [...new Set(flatRows.flatMap(Object.keys))]
  return stringify(flatRows, {
    // Excel reads UTF-8 only with a byte order mark.
    bom: true,
    header: columns.length > 0,
    columns,
    escape_formulas: true,
    record_delimiter: 'windows',
  })
}

/** A missing rate is an empty cell, not 0. */
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
