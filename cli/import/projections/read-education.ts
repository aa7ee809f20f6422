import { checkCodeCoverage } from '../codes/check-code-coverage.ts'
import { BadFile } from '../files/bad-file.ts'
import { createTableReader, type TableRow, toText } from '../files/create-table-reader.ts'
import { formatSheetName, type Sheet } from '../files/read-workbook.ts'

const columns = {
  code: { like: /National Employment Matrix (occupation )?code$/i, suchAs: '2024 National Employment Matrix code' },
  title: { like: /National Employment Matrix (occupation )?title$/i, suchAs: '2024 National Employment Matrix title' },
  education: 'Typical education needed for entry',
  experience: 'Work experience in a related occupation',
  training: {
    like: /^Typical on-the-job training needed to attain competency/i,
    suchAs: 'Typical on-the-job training needed to attain competency in the occupation',
  },
} as const
export type EducationRow = TableRow<keyof typeof columns>
/** Assignments by code, and the base year of the projections that they belong to. */
export type EducationTable = { base: number; rows: ReadonlyMap<string, EducationRow> }

/**
 * Finds the table of education and training: Table 5.4 of education.xlsx, or Table 1.2 of occupation.xlsx.
 * @throws BadFile if no sheet has its columns, or if it is not complete
 */
export function readEducation(
  file: string,
  sheets: readonly Sheet[],
  { isPartial = false }: { isPartial?: boolean | undefined } = {},
): EducationTable {
  for (const { sheet, rows } of sheets) {
    const headerIndex = rows.findIndex((row) =>
      row.some((cell) => /^typical education needed for entry/i.test(toText(cell))),
    )
    const header = rows[headerIndex]
    if (!header) continue
    const location = formatSheetName(file, sheet)
    const reader = createTableReader(header, columns, location)
    const base = Number(/^\d{4}/.exec(reader.title('code'))?.[0])
    if (!Number.isInteger(base))
      throw new BadFile(
        `${location} does not say its year in the title of the codes, as "2024 National Employment Matrix code" does.`,
      )
    const details = rows
      .slice(headerIndex + 1)
      .map(reader.row)
      .filter((row) => isAssigned(row))
    const byCode = new Map(details.map((row) => [toText(row('code')), row]))
    if (!isPartial) checkCodeCoverage(new Set(byCode.keys()), { location, rowCount: rows.length, year: base })
    return { base, rows: byCode }
  }
  throw new BadFile(
    `${formatSheetName(file)} and the others have no column "Typical education needed for entry". Check that it is occupation.xlsx or education.xlsx from docs/importing.md.`,
  )
}

/** Sums have dashes in place of words. */
function isAssigned(row: EducationRow): boolean {
  return /^\d{2}-\d{4}$/.test(toText(row('code'))) && /\p{L}/u.test(toText(row('education')))
}
