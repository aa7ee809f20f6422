import { soc2018 } from '../codes/soc-2018.ts'
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
/** Fields of study that lead to an occupation, by SOC code; none where the file says NO MATCH. */
export type Crosswalk = ReadonlyMap<string, readonly FieldOfStudy[]>

/** @param location file and sheet, for error messages @throws BadFile */
export function readCrosswalk(
  [header = [], ...rows]: readonly (readonly Cell[])[],
  location: string,
  { isPartial = false }: { isPartial?: boolean | undefined } = {},
): Crosswalk {
  const reader = createTableReader(header, columns, location)
  const pairs = rows.map(reader.row).flatMap((row) => {
    const [soc, cip] = [toText(row('soc')), parseCip(row('cip'))]
    // 99-9999 means no occupation.
    if (soc === '99-9999' || !/^\d{2}-\d{4}$/.test(soc) || cip === undefined) return []
    return [{ soc, cip, title: toText(row('cipTitle')).replace(/\.$/, '') }]
  })
  if (pairs.length === 0)
    throw new BadFile(
      `${location} has no row with a CIP code and a SOC code. Check that it is the file from docs/importing.md.`,
    )
  const missing = [...soc2018].filter((soc) => !pairs.some((pair) => pair.soc === soc))
  if (missing.length > 0 && !isPartial)
    throw new BadFile(
      `${location} is not complete: column SOC2018Code lacks ${missing.length} of the ${soc2018.size} codes of SOC 2018, such as ${missing.slice(0, 5).join(', ')}. ` +
        `Its last row is row ${rows.length + 1}. Download it again, or pass --partial if rows were left out on purpose.`,
    )
  return new Map(
    [...Map.groupBy(pairs, ({ soc }) => soc)].map(([soc, group]) => [
      soc,
      group.flatMap(({ cip, title }) => (cip === noField ? [] : [{ cip, title }])),
    ]),
  )
}

/** The code of NO MATCH, beside an occupation to which no field of study leads. */
const noField = '99.9999'

/** Codes are text. If a spreadsheet saved them as numbers, the lost zeros are restored. */
function parseCip(cell: Cell): string | undefined {
  const text = typeof cell === 'number' ? cell.toFixed(4).padStart(7, '0') : toText(cell).replace(/^="?|"$/g, '')
  return /^\d{2}\.\d{4}$/.test(text) ? text : undefined
}
