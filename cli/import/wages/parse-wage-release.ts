import { basename } from 'node:path'
import { BadFile } from '../files/bad-file.ts'
import { type Cell, toText } from '../files/create-table-reader.ts'
import type { Sheet } from '../files/read-workbook.ts'
import type { WageRelease } from './build-wage-facts.ts'

const firstYearOfSoc2018 = 2019

/**
 * Reads the release from the file: the names of its sheets, such as national_M2025_dl, and its "Field Descriptions" (May 2025 OEWS
 * Estimates). The file name and the option must not contradict it; they count alone only if the file says nothing. Wages of May are published in
 * the next spring and are valid until the next release: from April to April.
 * @throws BadFile if two of them differ, or if none has a year
 */
export function parseWageRelease(
  file: string,
  { sheets, period }: { sheets: readonly Sheet[]; period?: string | undefined },
): WageRelease {
  const optionYear = period === undefined ? undefined : /^May (\d{4})$/.exec(period)?.[1]
  if (period !== undefined && optionYear === undefined)
    throw new BadFile(`--period must be a period such as "May 2025", not ${period}.`)
  const statements = [
    ...sheets.map(({ sheet }) => ({ place: `its sheet "${sheet}"`, year: /_M(\d{4})_/i.exec(sheet)?.[1] })),
    ...sheets.map(({ sheet, rows }) => ({ place: `its sheet "${sheet}"`, year: findTitleYear(rows) })),
    { place: 'its file name', year: /_M(\d{4})_/i.exec(basename(file))?.[1] },
    { place: '--period', year: optionYear },
  ].flatMap(({ place, year }) => (year === undefined ? [] : [{ place, year }]))
  const [first] = statements
  if (!first)
    throw new BadFile(
      `Neither ${basename(file)} nor its name contains the year, as national_M2025_dl.xlsx does. Pass --period.`,
    )
  const other = statements.find(({ year }) => year !== first.year)
  if (other)
    throw new BadFile(
      `${basename(file)} contradicts itself: ${first.place} says May ${first.year}, ${other.place} says May ${other.year}. ` +
        'Nothing was imported. Use the file as downloaded, under its own name.',
    )
  const year = Number(first.year)
  if (year < firstYearOfSoc2018)
    throw new BadFile(
      `${basename(file)} is of May ${year}, whose occupations are those of SOC 2010. Careers have codes of SOC 2018: import May 2019 or later.`,
    )
  const spring = (after: number) => `${year + after}-04-01T00:00:00.000Z`
  return { year, period: `May ${year}`, asOf: spring(1), expiresAt: spring(2) }
}

/** The year of a title such as `May 2024 OEWS Estimates` in the first rows of a sheet of explanations. */
function findTitleYear(rows: readonly (readonly Cell[])[]): string | undefined {
  const titles = rows.slice(0, 3).flatMap((row) => row.slice(0, 1).map(toText))
  return titles.map((title) => /^May (\d{4}) OEW?S/i.exec(title)?.[1]).find(Boolean)
}
