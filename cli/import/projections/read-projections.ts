import { BadFile } from '../files/bad-file.ts'
import { type Cell, createTableReader, type TableRow, toText } from '../files/create-table-reader.ts'

export const projectionsSheet = 'Table 1.2'

// Column titles contain the years, which change with each release.
const change = { like: /^Employment change, percent, \d{4}-\d{2,4}$/i, suchAs: 'Employment change, percent, 2024-34' }
const buildColumns = (base: number, target: number) => ({
  code: { like: /National Employment Matrix code$/i, suchAs: `${base} National Employment Matrix code` },
  title: { like: /National Employment Matrix title$/i, suchAs: `${base} National Employment Matrix title` },
  type: 'Occupation type',
  base: `Employment, ${base}`,
  target: `Employment, ${target}`,
  change,
  openings: {
    like: /^Occupational openings, .*annual average$/i,
    suchAs: 'Occupational openings, 2024-34 annual average',
  },
})
export type ProjectionRow = TableRow<keyof ReturnType<typeof buildColumns>>
/** Rows of single occupations by code, with base year and target year. */
export type Projections = { base: number; target: number; rows: ReadonlyMap<string, ProjectionRow> }

/** Parses the sheet, whose header is in the second row. @param location file and sheet, for error messages @throws BadFile */
export function readProjections(rows: readonly (readonly Cell[])[], location: string): Projections {
  const [, header = [], ...rest] = rows
  const [base, target] = parseYears(createTableReader(header, { change }, location).title('change'))
  const reader = createTableReader(header, buildColumns(base, target), location)
  const detailRows = rest.map(reader.row).filter((row) => /^line item$/i.test(toText(row('type'))))
  if (detailRows.length === 0)
    throw new BadFile(
      `${location} has no row whose "Occupation type" is "Line item". Check that it is the file from docs/importing.md.`,
    )
  return { base, target, rows: new Map(detailRows.map((row) => [toText(row('code')), row])) }
}

/** Parses the years of a title such as `Employment change, percent, 2024-34`. */
function parseYears(title: string): [base: number, target: number] {
  const [, base = '', end = ''] = /(\d{4})-(\d{2,4})$/.exec(title) ?? []
  return [Number(base), Number(`${base.slice(0, base.length - end.length)}${end}`)]
}
