import { describe, expect, it } from 'vitest'
import { type LeadCsvRow, leadCsvColumns, toLeadCsv } from '#shared/format/to-lead-csv.ts'

const emptyRow = Object.fromEntries(leadCsvColumns.map((column) => [column, ''])) as LeadCsvRow
const writeCell = (column: keyof LeadCsvRow, value: string) =>
  toLeadCsv([{ ...emptyRow, [column]: value }], { header: false })
    .trim()
    .replace(/^,*/, '')
    .replace(/,*$/, '')

describe('the CSV of leads', () => {
  it('writes a phone number as dialers read it, with its plus and without an apostrophe', () => {
    expect(writeCell('phone', '+15127891111')).toBe('+15127891111')
  })

  it.each(['=1+1', '+1+1', '+15127891111+cmd', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '+', '+1 (512) 789-1111'])(
    'escapes what a spreadsheet would run as a formula, in every column: %s',
    (value) => {
      for (const column of ['phone', 'firstName', 'zip'] as const)
        expect(writeCell(column, value).replaceAll('"', '')).toMatch(/^'/)
    },
  )

  it('leaves other values as they are, and quotes what contains a comma', () => {
    expect(writeCell('firstName', 'Ada')).toBe('Ada')
    expect(writeCell('lastName', 'Example, Jr.')).toBe('"Example, Jr."')
  })
})
