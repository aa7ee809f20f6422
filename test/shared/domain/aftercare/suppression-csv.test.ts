import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  maxImportRows,
  parsePersonRow,
  parseSuppressionCsv,
  planSuppressionImport,
} from '#shared/domain/aftercare/suppression-csv.ts'
import { countBusinessDays } from '#shared/domain/time.ts'

describe('the plan of an import of people', () => {
  it('leaves out rows that name no person, and keeps the numbers of the others', () => {
    const csv = parseSuppressionCsv(
      'name,email\nAda,ada@mail.example\nBob,\n"Cy, Jr.",not-an-email\nDi,di@mail.example\n',
    )
    expect(planSuppressionImport(csv)).toMatchObject({
      parts: [{ csv: 'email\nada@mail.example\ndi@mail.example\n', rows: [1, 4] }],
      faults: [
        { row: 2, code: 'empty' },
        { row: 3, code: 'invalid_email' },
      ],
    })
  })

  it('continues at a row of the file', () => {
    const csv = parseSuppressionCsv('phone\n(512) 789-1111\n(512) 789-1112\n(512) 789-1113\n')
    expect(planSuppressionImport(csv, 3).parts).toEqual([{ csv: 'phone\n(512) 789-1113\n', rows: [3] }])
  })

  it('sends every person once, in the order of the file, in parts that one call takes', () => {
    const rowCounts = fc.integer({ min: 0, max: 1300 })
    fc.assert(
      fc.property(rowCounts, (rowCount) => {
        const emails = Array.from({ length: rowCount }, (_, index) => `person${index}@mail.example`)
        const { parts } = planSuppressionImport(parseSuppressionCsv(['email', ...emails].join('\r\n')))
        expect(parts.every(({ rows }) => rows.length <= maxImportRows)).toBe(true)
        const sentRows = parts.flatMap(({ csv }) => parseSuppressionCsv(csv).rows.flat())
        expect(sentRows).toEqual(emails)
        expect(parts.flatMap(({ rows }) => rows)).toEqual(emails.map((_, index) => index + 1))
      }),
      { numRuns: 20 },
    )
  })

  it('reads the columns by name, in any case and order, with a byte order mark', () => {
    const { header, rows } = parseSuppressionCsv('\uFEFFPhone,EMAIL\n5127891111,Ada@Mail.Example\n')
    expect(parsePersonRow(rows[0] ?? [], header)).toMatchObject({
      plain: { email: 'ada@mail.example', phone: '+15127891111' },
    })
  })
})

describe('the clock of a withdrawal', () => {
  it.each([
    ['2026-11-27T12:00:00.000Z', '2026-11-27T13:00:00.000Z', 0],
    ['2026-11-27T12:00:00.000Z', '2026-11-30T12:00:00.000Z', 1],
    ['2026-11-27T12:00:00.000Z', '2026-12-11T12:00:00.000Z', 10],
  ])('counts the business days from %s to %s', (from, to, days) => {
    expect(countBusinessDays(from, to)).toBe(days)
  })
})
