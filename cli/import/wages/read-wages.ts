import { type Cell, tableReader, textOf } from '../files/table.ts'
import { wageColumns } from './wage-columns.ts'
import type { Release, WageRow } from './wage-facts.ts'

/** One workbook, and of which release it is. */
export type WageSheet = { file: string; rows: readonly (readonly Cell[])[]; release: Release }
/** A row of the nation, or of a state that is wanted. */
export type WageArea = { state: string | undefined; row: WageRow; release: Release }
/** By SOC code. */
export type WagesBySoc = ReadonlyMap<string, readonly WageArea[]>

/** The rows of single occupations over all industries: of the nation, and of the states that are wanted. */
export function readWages(sheets: readonly WageSheet[], states: readonly string[]): WagesBySoc {
  const areas = sheets.flatMap(({ file, rows: [header = [], ...rows], release }) => {
    const reader = tableReader(header, wageColumns, file)
    return rows.map(reader.row).flatMap((row): WageArea[] => {
      if (!isDetailed(row)) return []
      const state = stateOf(row)
      return state === nation || states.includes(state)
        ? [{ state: state === nation ? undefined : state, row, release }]
        : []
    })
  })
  return Map.groupBy(areas, ({ row }) => textOf(row('OCC_CODE')))
}

// Groups of occupations hold the same people once more, and so do single industries.
function isDetailed(row: WageRow): boolean {
  return (
    textOf(row('O_GROUP')).toLowerCase() === 'detailed' && textOf(row('I_GROUP')).toLowerCase() === 'cross-industry'
  )
}

const nation = 'nation'
const areaTypes = { nation: '1', state: '2', territory: '3' }

/** `nation`, two letters, or nothing where the row is of a smaller area. */
function stateOf(row: WageRow): string {
  const type = textOf(row('AREA_TYPE'))
  if (type === areaTypes.nation) return nation
  return type === areaTypes.state || type === areaTypes.territory ? textOf(row('PRIM_STATE')).toUpperCase() : ''
}
