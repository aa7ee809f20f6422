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

describe('a file of people as spreadsheets write it', () => {
  const people = [
    ['ada@mail.example', '(512) 789-1111'],
    ['bob@mail.example', '512-789-1112'],
  ]
  const readPeople = (csv: string) => {
    const { header, rows } = parseSuppressionCsv(csv)
    return rows.map((cells) => ['email', 'phone'].map((name) => cells[header.indexOf(name)]))
  }
  const write = (separator: string, lineEnd: string) =>
    [['Email', 'Phone'], ...people].map((cells) => cells.join(separator) + lineEnd).join('')

  it.each([
    ['commas and CR LF', write(',', '\r\n')],
    ['line ends of an old Mac', write(',', '\r')],
    ['semicolons', write(';', '\r\n')],
    ['tabs', write('\t', '\n')],
    ['bars', write('|', '\n')],
    ['a first line that names the separator', `sep=;\r\n${write(';', '\r\n')}`],
    ['every cell in quotes and spaces', write(';', '\n').replaceAll(/[^;\n]+/g, ' "$&" ')],
  ])('is read with %s', (_, csv) => {
    expect(readPeople(csv)).toEqual(people)
  })

  it.each([
    ['within a cell', 'note,email\n5" tall,ada@mail.example\nx,bob@mail.example\n6" tall,cy@mail.example\n'],
    ['after a quoted word', 'note,email\n"Ann" B,ada@mail.example\nx,bob@mail.example\n"Di",cy@mail.example\n'],
    ['that never closes', 'note,email\n"open,ada@mail.example\nx,bob@mail.example\nx,cy@mail.example\n'],
  ])('loses nobody to a quote %s', (_, csv) => {
    expect(readPeople(csv).map(([email]) => email)).toEqual(['ada@mail.example', 'bob@mail.example', 'cy@mail.example'])
  })

  it('keeps separators, quotes and line ends inside quotes', () => {
    const csv = 'note;email\r\n"two\r\nlines; ""quoted""";ada@mail.example\r\n'
    expect(parseSuppressionCsv(csv).rows).toEqual([['two\r\nlines; "quoted"', 'ada@mail.example']])
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
