import { type Cell, createTableReader, toText } from '../files/create-table-reader.ts'
import type { WageRelease, WageRow } from './build-wage-facts.ts'
import { wageColumns } from './wage-columns.ts'

/** A workbook and its release. */
export type WageSheet = { file: string; rows: readonly (readonly Cell[])[]; release: WageRelease }
/** A row of the nation or of a requested state. */
export type WageArea = { state: string | undefined; row: WageRow; release: WageRelease }
/** By SOC code. */
export type WagesBySoc = ReadonlyMap<string, readonly WageArea[]>

/** Rows of detailed occupations over all industries, for the nation and the requested states. */
export function readWages(sheets: readonly WageSheet[], states: readonly string[]): WagesBySoc {
  const areas = sheets.flatMap(({ file, rows: [header = [], ...rows], release }) => {
    const reader = createTableReader(header, wageColumns, file)
    return rows.map(reader.row).flatMap((row): WageArea[] => {
      if (!isDetailed(row)) return []
      const state = parseState(row)
      return state === nation || states.includes(state)
        ? [{ state: state === nation ? undefined : state, row, release }]
        : []
    })
  })
  return Map.groupBy(areas, ({ row }) => toText(row('OCC_CODE')))
}

// Groups of occupations and single industries count the same people again.
function isDetailed(row: WageRow): boolean {
  return (
    toText(row('O_GROUP')).toLowerCase() === 'detailed' && toText(row('I_GROUP')).toLowerCase() === 'cross-industry'
  )
}

const nation = 'nation'
const areaTypes = { nation: '1', state: '2', territory: '3' }

/** `nation`, a state code, or empty for a smaller area. */
function parseState(row: WageRow): string {
  const type = toText(row('AREA_TYPE'))
  if (type === areaTypes.nation) return nation
  return type === areaTypes.state || type === areaTypes.territory ? toText(row('PRIM_STATE')).toUpperCase() : ''
}
