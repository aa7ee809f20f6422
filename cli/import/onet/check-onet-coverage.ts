import { BadFile } from '../files/bad-file.ts'

/** Which occupations a file has. */
export type TableCoverage = { file: string; table: string; codes: Set<string>; rowCount: number }

// O*NET-SOC 2019 has 1,016 occupations, O*NET-SOC 2010 1,110.
const minOccupations = 900
/** Of the files beside it. Titles are missing for some occupations that have tasks. */
const minShare = 0.9
/** These have a row for every occupation with data, so all of them end with the same one. */
const fullTables = ['task_statements', 'job_zones', 'related_occupations']

/**
 * Refuses a folder of which a file was cut off or mixed with another release: the number of occupations is held against the list of
 * occupations and against the other files, and the last occupation against theirs.
 * @throws BadFile with file, row and column
 */
export function checkOnetCoverage(tables: readonly TableCoverage[]): void {
  const list = tables.find(({ table }) => table === 'occupation_data')
  const others = tables.filter((one) => one !== list)
  if (!list || list.codes.size < minOccupations)
    throw new BadFile(
      `${list?.file} is not complete: it has ${list?.codes.size ?? 0} occupations in ${list?.rowCount ?? 0} rows, and the O*NET-SOC taxonomy about 1,000. ${mend}`,
    )
  const maxCount = Math.max(...others.map(({ codes }) => codes.size))
  const lastCode = others.map(getLastCode).toSorted().at(-1)
  for (const table of others) {
    const unknown = [...table.codes].find((code) => !list.codes.has(code))
    if (unknown !== undefined)
      throw new BadFile(
        `${table.file}, column "O*NET-SOC Code": ${unknown} is not in ${list.file}. One of them is cut off or of another release. ${mend}`,
      )
    const isShort = table.codes.size < maxCount * minShare
    const endsEarly = fullTables.includes(table.table) && getLastCode(table) !== lastCode
    if (isShort || endsEarly)
      throw new BadFile(
        `${table.file} is not complete: its last row is row ${table.rowCount}, column "O*NET-SOC Code" ${getLastCode(table)}, and it has ${table.codes.size} occupations; ` +
          `the other files go on to ${lastCode} and have up to ${maxCount}. ${mend}`,
      )
  }
}

const mend = 'Download the database again, or pass --partial if rows were left out on purpose.'

function getLastCode({ codes }: TableCoverage): string {
  return [...codes].toSorted().at(-1) ?? ''
}
