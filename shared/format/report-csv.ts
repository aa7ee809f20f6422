import { stringify } from 'csv-stringify/sync'
import type { ReportedFigures, ReportedSent } from '../domain/reporting/report.ts'

/** `key`: what the line is of. Without figures where nobody has counted them. */
export type ReportLine = { key: { [column: string]: string }; counted?: ReportedSent & Partial<ReportedFigures> }

/** RFC 4180. A value that a spreadsheet would take for a formula gets a quote before it. */
export function reportCsv(lines: readonly ReportLine[]): string {
  const flat = lines.map(({ key, counted }) => ({ ...key, ...(counted && flattened(counted)) }))
  const columns = [...new Set(flat.flatMap(Object.keys))]
  return stringify(flat, { header: columns.length > 0, columns, escape_formulas: true, record_delimiter: 'windows' })
}

/** What has no rate has an empty cell, not a 0. */
function flattened({
  leads,
  deliveries,
  states,
  dispositions,
  returns,
  money,
  rates,
}: NonNullable<ReportLine['counted']>) {
  return {
    ...leads,
    ...deliveries,
    ...prefixed('state', states),
    ...prefixed('furthest', dispositions),
    ...prefixed('returns', returns),
    ...money,
    ...prefixed('rate', { ...noRates, ...rates }),
  }
}

const noRates = { acceptance: '', delivery: '', contact: '', application: '', enrolment: '', return: '' }

function prefixed(prefix: string, counts: { [name: string]: number | string }) {
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [`${prefix}.${name}`, count]))
}
