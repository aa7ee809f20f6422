import { checkCodeCoverage } from '../codes/check-code-coverage.ts'
import { BadFile } from '../files/bad-file.ts'
import { type Cell, createTableReader, type TableRow, toText } from '../files/create-table-reader.ts'

export const projectionsSheet = 'Table 1.2'
const firstBaseYearOfSoc2018 = 2019

// Column titles contain the years, which change with each release.
const change = { like: /^Employment change, percent, \d{4}-\d{2,4}$/i, suchAs: 'Employment change, percent, 2024-34' }
const optional = (like: RegExp, suchAs: string) => ({ like, suchAs, isOptional: true }) as const
const buildColumns = (base: number, target: number) => ({
  code: { like: /National Employment Matrix (occupation )?code$/i, suchAs: `${base} National Employment Matrix code` },
  title: {
    like: /National Employment Matrix (occupation )?title$/i,
    suchAs: `${base} National Employment Matrix title`,
  },
  type: 'Occupation type',
  base: `Employment, ${base}`,
  target: `Employment, ${target}`,
  change,
  openings: {
    like: /^Occupational openings, .*annual average$/i,
    suchAs: 'Occupational openings, 2024-34 annual average',
  },
  education: optional(/^Typical education needed for entry$/i, 'Typical education needed for entry'),
  experience: optional(/^Work experience in a related occupation$/i, 'Work experience in a related occupation'),
  training: optional(
    /^Typical on-the-job training needed to attain competency/i,
    'Typical on-the-job training needed to attain competency in the occupation',
  ),
})
export type ProjectionColumn = keyof ReturnType<typeof buildColumns>
export type ProjectionRow = TableRow<ProjectionColumn>
/** Rows of single occupations by code, with base year and target year. */
export type Projections = {
  base: number
  target: number
  rows: ReadonlyMap<string, ProjectionRow>
  /** Whether the table says what education occupations need. */
  hasEducation: boolean
}

/**
 * Parses the sheet. Its header is the first row with a column of codes, below the title.
 * @param location file and sheet, for error messages @param isPartial whether a selection of rows is no fault @throws BadFile
 */
export function readProjections(
  rows: readonly (readonly Cell[])[],
  location: string,
  { isPartial = false }: { isPartial?: boolean | undefined } = {},
): Projections {
  refuseOldTable(rows, location)
  const headerIndex = Math.max(
    1,
    rows.findIndex((row) => row.filter((cell) => toText(cell) !== '').length > 2),
  )
  const [title, header = []] = [toText(rows[0]?.[0]), rows[headerIndex]]
  const [base, target] = parseYears(createTableReader(header, { change }, location).title('change'))
  refuseOtherYears({ title, header, base, target, location })
  const reader = createTableReader(header, buildColumns(base, target), location)
  const detailRows = rows
    .slice(headerIndex + 1)
    .map(reader.row)
    .filter((row) => /^line item$/i.test(toText(row('type'))))
  if (detailRows.length === 0)
    throw new BadFile(
      `${location} has no row whose "Occupation type" is "Line item". Check that it is the file from docs/importing.md.`,
    )
  const byCode = new Map(detailRows.map((row) => [toText(row('code')), row]))
  if (!isPartial) checkCodeCoverage(new Set(byCode.keys()), { location, rowCount: rows.length, year: base })
  return { base, target, rows: byCode, hasEducation: reader.has('education') }
}

/** Up to the projections of 2018-28, headings are merged over several rows and the occupations are those of SOC 2010. */
function refuseOldTable(rows: readonly (readonly Cell[])[], location: string): void {
  const years = /\b(20\d{2})\b.*?(?:20)?(\d{2})\b/.exec(toText(rows[0]?.[0]))
  const base = Number(years?.[1])
  if (!(base < firstBaseYearOfSoc2018)) return
  throw new BadFile(
    `${location} has the projections from ${base} on, whose occupations are those of SOC 2010. Careers have codes of SOC 2018: import those of 2019-29 or later.`,
  )
}

type StatedYears = { title: string; header: readonly Cell[]; base: number; target: number; location: string }

/** Every year of title and header must be the base or the target. @throws BadFile */
function refuseOtherYears({ title, header, base, target, location }: StatedYears): void {
  const statedYears = [title, ...header.map(toText)].flatMap((text) =>
    [...text.replace(/\[\w+\]/g, '').matchAll(/\b(20\d{2}|21\d{2})\b/g)].map(([year]) => ({
      year: Number(year),
      text,
    })),
  )
  const other = statedYears.find(({ year }) => year !== base && year !== target)
  if (!other) return
  throw new BadFile(
    `${location} contradicts itself: the change is that of ${base}-${target}, but "${other.text}" names ${other.year}. Nothing was imported. Use the file as downloaded.`,
  )
}

/** Parses the years of a title such as `Employment change, percent, 2024-34`. */
function parseYears(title: string): [base: number, target: number] {
  const [, base = '', end = ''] = /(\d{4})-(\d{2,4})$/.exec(title) ?? []
  return [Number(base), Number(`${base.slice(0, base.length - end.length)}${end}`)]
}
