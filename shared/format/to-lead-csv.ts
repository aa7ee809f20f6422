import { stringify } from 'csv-stringify/sync'

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
] as const

/** CSV by RFC 4180. A value that a spreadsheet would run as a formula is escaped. */
export function toLeadCsv(rows: readonly LeadCsvRow[], { header }: { header: boolean }): string {
  return stringify([...rows], {
    header,
    columns: [...leadCsvColumns],
    escape_formulas: true,
    record_delimiter: 'windows',
  })
}
