import type { ProgramLevel } from '#shared/domain/vocabulary.ts'
import { type Cell, type TableRow, toText } from '../files/create-table-reader.ts'
import { checkCsv, readCsv } from '../files/read-csv.ts'

const columns = { unitId: 'UNITID', name: 'INSTNM', cip: 'CIPCODE', cipTitle: 'CIPDESC', level: 'CREDLEV' } as const

/** A field of study at an institution, at one level. The College Scorecard lists fields by four digits, such as `5107`. */
export type FieldOffering = {
  /** In the file; the header is row 1. */
  row: number
  unitId: string | null
  institution: string
  cip4: string
  title: string
  level: ProgramLevel
}
/** By the four digits. */
export type Scorecard = ReadonlyMap<string, readonly FieldOffering[]>

/** As the College Scorecard numbers them; a certificate after a bachelor's or a master's degree is one too. */
const levels: { [number: string]: ProgramLevel } = {
  1: 'certificate',
  2: 'associate',
  3: 'bachelor',
  4: 'certificate',
  5: 'master',
  6: 'doctorate',
  7: 'doctorate',
  8: 'certificate',
}

/** Reports a wrong file before long work begins. @throws BadFile */
export const checkScorecard = (file: string, charset?: string) => checkCsv(file, columns, { charset })

/** Returns only the requested fields: the file has several hundred thousand rows. @param onProgress called with the number of rows */
export async function readScorecard(
  file: string,
  cip4Codes: ReadonlySet<string>,
  onProgress: (rows: number) => void,
  charset?: string,
): Promise<Scorecard> {
  const offerings = new Map<string, FieldOffering[]>()
  let rowNumber = 1
  for await (const row of readCsv(file, columns, { charset })) {
    rowNumber += 1
    if (rowNumber % 1000 === 0) onProgress(rowNumber)
    const offering = parseOffering(row, rowNumber, cip4Codes)
    if (!offering) continue
    const existing = offerings.get(offering.cip4)
    if (existing) existing.push(offering)
    else offerings.set(offering.cip4, [offering])
  }
  return offerings
}

function parseOffering(
  row: TableRow<keyof typeof columns>,
  rowNumber: number,
  cip4Codes: ReadonlySet<string>,
): FieldOffering | undefined {
  const cip4 = readScorecardValue(row('cip'))?.padStart(4, '0')
  const level = levels[readScorecardValue(row('level')) ?? '']
  const institution = readScorecardValue(row('name'))
  if (cip4 === undefined || !cip4Codes.has(cip4) || level === undefined || institution === undefined) return undefined
  return {
    row: rowNumber,
    unitId: readScorecardValue(row('unitId')) ?? null,
    institution,
    cip4,
    title: (readScorecardValue(row('cipTitle')) ?? '').replace(/\.$/, ''),
    level,
  }
}

/** Undefined if the value is suppressed (`PS`, `PrivacySuppressed`) or unknown (`NULL`, `NA`). */
export function readScorecardValue(cell: Cell): string | undefined {
  const text = toText(cell)
  return ['', 'NULL', 'NA', 'PS', 'PrivacySuppressed'].includes(text) ? undefined : text
}
