import { stringify } from 'csv-stringify/sync'
import { escapeFormula } from './escape-formula.ts'

/** A lead as a row of a spreadsheet. */
export type LeadCsvRow = { [column in (typeof leadCsvColumns)[number]]: string }

export const leadCsvColumns = [
  'leadId',
  'receivedAt',
  'outcome',
  'careerSlug',
  'programId',
  'state',
  'zip',
  'sourceId',
  'test',
  'firstName',
  'lastName',
  'email',
  'phone',
  'highestLevel',
  'startWindow',
  'schools',
  'deliveryStates',
  'withdrawn',
  'campaigns',
  'pricesCents',
  'dispositions',
  'modality',
  'age',
  'military',
  'gpa',
  'utm',
  'subIds',
  'timeZone',
  'mayCallFrom',
  'mayCallUntil',
  'globalPrivacyControl',
] as const

/**
 * CSV by RFC 4180. A value that a spreadsheet would run as a formula is escaped, except a phone number in E.164.
 */
export function toLeadCsv(rows: readonly LeadCsvRow[], { header }: { header: boolean }): string {
  const safeRows = rows.map((row) =>
    Object.fromEntries(leadCsvColumns.map((column) => [column, escapeFormula(row[column])])),
  )
  // Excel reads UTF-8 only with a byte order mark; pages that follow the first are appended to it.
  return stringify(safeRows, { bom: header, header, columns: [...leadCsvColumns], record_delimiter: 'windows' })
}
