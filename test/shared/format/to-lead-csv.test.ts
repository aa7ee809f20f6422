import { describe, expect, it } from 'vitest'
import { toAuditCsv } from '#shared/format/to-audit-csv.ts'
import { type LeadCsvRow, leadCsvColumns, toLeadCsv } from '#shared/format/to-lead-csv.ts'
import { toReportCsv } from '#shared/format/to-report-csv.ts'
import { toSuppressionCsv } from '#shared/format/to-suppression-csv.ts'

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

  it('begins with a byte order mark, without which Excel misreads UTF-8, and later pages do not', () => {
    expect(toLeadCsv([], { header: true })).toMatch(/^\uFEFFleadId,/)
    expect(toLeadCsv([emptyRow], { header: false })).toMatch(/^,/)
    expect(toReportCsv([])).toMatch(/^\uFEFF/)
    expect(toAuditCsv([], { header: true })).toMatch(/^\uFEFF\w/)
    expect(toAuditCsv([], { header: false })).toBe('')
    expect(toSuppressionCsv([], { format: 'plain', header: true })).toMatch(/^\uFEFF\w/)
    expect(toSuppressionCsv([], { format: 'plain', header: false })).toBe('')
  })

  it('leaves other values as they are, and quotes what contains a comma', () => {
    expect(writeCell('firstName', 'Ada')).toBe('Ada')
    expect(writeCell('lastName', 'Example, Jr.')).toBe('"Example, Jr."')
  })
})
