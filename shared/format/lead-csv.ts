import { stringify } from 'csv-stringify/sync'

/** A lead as a line of a spreadsheet. */
export type LeadLine = { [column in (typeof columns)[number]]: string }

export const columns = [
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

/** RFC 4180. A value that a spreadsheet would take for a formula gets a quote before it. */
export function leadCsv(lines: readonly LeadLine[], { header }: { header: boolean }): string {
  return stringify([...lines], { header, columns: [...columns], escape_formulas: true, record_delimiter: 'windows' })
}
