import type { ProgramLevel } from '#shared/domain/vocabulary.ts'
import { checkCsv, readCsv } from '../files/read-csv.ts'
import { type Cell, type Row, textOf } from '../files/table.ts'

const columns = { unitId: 'UNITID', name: 'INSTNM', cip: 'CIPCODE', cipTitle: 'CIPDESC', level: 'CREDLEV' } as const

/** A field of study at an institution, at one level. The College Scorecard tells fields by four digits, such as `5107`. */
export type Taught = { unitId: string | null; institution: string; cip4: string; title: string; level: ProgramLevel }
/** By the four digits. */
export type Scorecard = ReadonlyMap<string, readonly Taught[]>

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

/** Tells a wrong file before long work begins. */
export const checkScorecard = (file: string) => checkCsv(file, columns)

/** Only the fields that are wanted are kept: the file has some hundred thousand rows. @param looked hears how many rows */
export async function readScorecard(
  file: string,
  wanted: ReadonlySet<string>,
  looked: (rows: number) => void,
): Promise<Scorecard> {
  const taught = new Map<string, Taught[]>()
  let rows = 0
  for await (const row of readCsv(file, columns)) {
    rows += 1
    if (rows % 1000 === 0) looked(rows)
    const found = taughtIn(row, wanted)
    if (!found) continue
    const others = taught.get(found.cip4)
    if (others) others.push(found)
    else taught.set(found.cip4, [found])
  }
  return taught
}

function taughtIn(row: Row<keyof typeof columns>, wanted: ReadonlySet<string>): Taught | undefined {
  const cip4 = known(row('cip'))?.padStart(4, '0')
  const level = levels[known(row('level')) ?? '']
  const institution = known(row('name'))
  if (cip4 === undefined || !wanted.has(cip4) || level === undefined || institution === undefined) return undefined
  return {
    unitId: known(row('unitId')) ?? null,
    institution,
    cip4,
    title: (known(row('cipTitle')) ?? '').replace(/\.$/, ''),
    level,
  }
}

/** Nothing where it was kept back (`PS`, `PrivacySuppressed`) or is not known (`NULL`). */
function known(cell: Cell): string | undefined {
  const text = textOf(cell)
  return ['', 'NULL', 'PS', 'PrivacySuppressed'].includes(text) ? undefined : text
}
