import { basename } from 'node:path'
import { normalizeState } from '#shared/domain/fields/state-names.ts'
import { states as knownStates, type State, state as stateCode } from '#shared/domain/vocabulary.ts'
import { checkCodeCoverage } from '../codes/check-code-coverage.ts'
import { BadFile } from '../files/bad-file.ts'
import { createTableReader, toText } from '../files/create-table-reader.ts'
import { formatSheetName, type Sheet } from '../files/read-workbook.ts'
import type { WageRelease, WageRow } from './build-wage-facts.ts'
import { findTopCode, type TopCode } from './find-top-code.ts'
import { parseWageRelease } from './parse-wage-release.ts'
import { wageColumns } from './wage-columns.ts'

/** A workbook with all its sheets. */
export type WageFile = { file: string; sheets: readonly Sheet[] }
/** Rows of detailed occupations by the code under which they are published. */
export type WagesByCode = ReadonlyMap<string, WageRow>
export type Wages = {
  release: WageRelease
  topCode: TopCode | undefined
  /** Absent: no file has rows of the nation. */
  nation?: WagesByCode
  byState: ReadonlyMap<State, WagesByCode>
  /** Civilian codes that the national file has not. */
  missingCodes: readonly string[]
}
type WageArea = { area: State | 'nation'; row: WageRow }

/**
 * Rows of detailed occupations over all industries, of the nation and of states, the District of Columbia and territories.
 * @throws BadFile if a file is cut off, contradicts itself, or is of another year than the others
 */
export function readWages(files: readonly WageFile[], options: ReadOptions = {}): Wages {
  const tables = files.map((file) => readFile(file, options))
  const [first] = tables
  if (!first) throw new BadFile('Pass at least one file, such as national_M2025_dl.xlsx.')
  const other = tables.find(({ release }) => release.year !== first.release.year)
  if (other)
    throw new BadFile(
      `${basename(first.file)} is of ${first.release.period} and ${basename(other.file)} of ${other.release.period}. Import one release at a time, so that ` +
        'figures of two years do not stand side by side.',
    )
  const areas = tables.flatMap((table) => table.areas)
  const byArea = Map.groupBy(areas, ({ area }) => area)
  const toRows = (rows: readonly WageArea[]) => new Map(rows.map(({ row }) => [toText(row('OCC_CODE')), row]))
  const nation = byArea.get('nation')
  return {
    release: first.release,
    topCode: first.topCode,
    ...(nation && { nation: toRows(nation) }),
    byState: new Map(
      knownStates.flatMap((state) => {
        const rows = byArea.get(state)
        return rows ? [[state, toRows(rows)]] : []
      }),
    ),
    missingCodes: tables.flatMap(({ missingCodes }) => missingCodes),
  }
}

/** `period`: only for files that do not say it. `isPartial`: a selection of rows is no fault. */
export type ReadOptions = { period?: string | undefined; isPartial?: boolean | undefined }

function readFile({ file, sheets }: WageFile, { period, isPartial = false }: ReadOptions) {
  const release = parseWageRelease(file, { sheets, period })
  const data = sheets.find(({ rows: [header = []] }) => header.some((cell) => /^occ[_ ]?code$/i.test(toText(cell))))
  const [header = [], ...rows] = (data ?? sheets[0])?.rows ?? []
  const location = formatSheetName(file, data?.sheet)
  const reader = createTableReader(header, wageColumns, location)
  const details = rows.map(reader.row).filter(isDetailed)
  if (details.length === 0)
    throw new BadFile(
      `${location} has no row of a detailed occupation (O_GROUP "detailed"). Check that it is the file from docs/importing.md.`,
    )
  const areas = details.flatMap((row): WageArea[] => {
    const area = parseArea(row)
    return area === undefined ? [] : [{ area, row }]
  })
  const nationalCodes = new Set(areas.flatMap(({ area, row }) => (area === 'nation' ? toText(row('OCC_CODE')) : [])))
  const missingCodes =
    nationalCodes.size === 0 || isPartial
      ? []
      : checkCodeCoverage(nationalCodes, { location, rowCount: rows.length + 1, year: release.year })
  refuseRepeats(areas, location)
  if (!isPartial) refuseCutStates(areas, location)
  return { file, release, topCode: findTopCode(sheets, release.year), areas, missingCodes }
}

/** A row that stands twice would let the later one win silently. */
function refuseRepeats(areas: readonly WageArea[], location: string): void {
  const rowNames = new Set<string>()
  for (const { area, row } of areas) {
    const name = `${toText(row('OCC_CODE'))} in ${area === 'nation' ? 'the nation' : area}`
    if (rowNames.has(name)) throw new BadFile(`${location} has two rows of ${name}. Download it again.`)
    rowNames.add(name)
  }
}

/**
 * The file of all states goes from Alabama to Wyoming and the territories, and in each to the last occupations. One that was cut off has
 * only the first states, or too few occupations in one of them.
 */
function refuseCutStates(areas: readonly WageArea[], location: string): void {
  const byState = Map.groupBy(areas, ({ area }) => area)
  const firstMissing = mainStates.findIndex((state) => !byState.has(state))
  const isCutOff = firstMissing > 1 && mainStates.slice(firstMissing).every((state) => !byState.has(state))
  const incomplete = mainStates.find((state) => {
    const rows = byState.get(state)
    return rows && !rows.some(({ row }) => toText(row('OCC_CODE')).startsWith('53-'))
  })
  if (!isCutOff && incomplete === undefined) return
  const place = isCutOff
    ? `column PRIM_STATE ends with ${mainStates[firstMissing - 1]}`
    : `the rows of ${incomplete} end before the occupations 53-0000, column OCC_CODE`
  throw new BadFile(
    `${location} is not complete: ${place}. Download it again, or pass --partial if rows were left out on purpose.`,
  )
}

/** The 50 states and the District of Columbia, which come first in the list, ordered as the file has them. */
const mainStates: readonly State[] = knownStates.slice(0, 51)

// Groups of occupations and single industries count the same people again.
function isDetailed(row: WageRow): boolean {
  const [industryGroup, industry] = [toText(row('I_GROUP')).toLowerCase(), toText(row('NAICS'))]
  const isAllIndustries =
    industryGroup === '' ? industry === '' || /^0+$/.test(industry) : industryGroup === 'cross-industry'
  return toText(row('O_GROUP')).toLowerCase() === 'detailed' && isAllIndustries
}

const areaTypes = { nation: '1', state: '2', territory: '3' }

/** Undefined for a smaller area. */
function parseArea(row: WageRow): WageArea['area'] | undefined {
  const type = toText(row('AREA_TYPE'))
  if (type === areaTypes.nation) return 'nation'
  if (type !== areaTypes.state && type !== areaTypes.territory) return undefined
  const { success, data } = stateCode.safeParse(normalizeState(toText(row('PRIM_STATE')) || toText(row('AREA_TITLE'))))
  return success ? data : undefined
}
