import { BadFile } from '../files/bad-file.ts'
import { type Cell, createTableReader, toText } from '../files/create-table-reader.ts'

export const crosswalkSheet = 'CIP-SOC'
const columns = {
  cip: 'CIP2020Code',
  cipTitle: 'CIP2020Title',
  soc: 'SOC2018Code',
} as const

/** A field of study: six digits as `51.0707`. */
export type FieldOfStudy = { cip: string; title: string }
/** The fields of study that lead to an occupation, by its SOC code. */
export type Crosswalk = ReadonlyMap<string, readonly FieldOfStudy[]>

/** @param location file and sheet, for the complaint */
export function readCrosswalk([header = [], ...rows]: readonly (readonly Cell[])[], location: string): Crosswalk {
  const reader = createTableReader(header, columns, location)
  const pairs = rows.map(reader.row).flatMap((row) => {
    const [soc, cip] = [toText(row('soc')), parseCip(row('cip'))]
    // No occupation is counted under 99-9999, and no field under a code that is none.
    if (soc === '99-9999' || !/^\d{2}-\d{4}$/.test(soc) || cip === undefined) return []
    return [{ soc, cip, title: toText(row('cipTitle')).replace(/\.$/, '') }]
  })
  if (pairs.length === 0)
    throw new BadFile(`${location} leads from no CIP code to a SOC code. Is it the file that docs/importing.md names?`)
  return Map.groupBy(pairs, ({ soc }) => soc)
}

/** Codes are text; where somebody has saved them as numbers, the zeros that were lost are put back. */
function parseCip(cell: Cell): string | undefined {
  const text = typeof cell === 'number' ? cell.toFixed(4).padStart(7, '0') : toText(cell).replace(/^="?|"$/g, '')
  return /^\d{2}\.\d{4}$/.test(text) && text !== '99.9999' ? text : undefined
}
