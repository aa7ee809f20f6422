import { BadFile } from '../files/bad-file.ts'
import { type Cell, tableReader, textOf } from '../files/table.ts'

export const crosswalkSheet = 'CIP-SOC'
const columns = {
  cip: 'CIP2020Code',
  cipTitle: 'CIP2020Title',
  soc: 'SOC2018Code',
} as const

/** A field of study: six digits as `51.0707`. */
export type Field = { cip: string; title: string }
/** The fields of study that lead to an occupation, by its SOC code. */
export type Crosswalk = ReadonlyMap<string, readonly Field[]>

/** @param where file and sheet, for the complaint */
export function readCrosswalk([header = [], ...rows]: readonly (readonly Cell[])[], where: string): Crosswalk {
  const reader = tableReader(header, columns, where)
  const pairs = rows.map(reader.row).flatMap((row) => {
    const [soc, cip] = [textOf(row('soc')), cipOf(row('cip'))]
    // No occupation is counted under 99-9999, and no field under a code that is none.
    if (soc === '99-9999' || !/^\d{2}-\d{4}$/.test(soc) || cip === undefined) return []
    return [{ soc, cip, title: textOf(row('cipTitle')).replace(/\.$/, '') }]
  })
  if (pairs.length === 0)
    throw new BadFile(`${where} leads from no CIP code to a SOC code. Is it the file that docs/importing.md names?`)
  return Map.groupBy(pairs, ({ soc }) => soc)
}

/** Codes are text; where somebody has saved them as numbers, the zeros that were lost are put back. */
function cipOf(cell: Cell): string | undefined {
  const text = typeof cell === 'number' ? cell.toFixed(4).padStart(7, '0') : textOf(cell).replace(/^="?|"$/g, '')
  return /^\d{2}\.\d{4}$/.test(text) && text !== '99.9999' ? text : undefined
}
