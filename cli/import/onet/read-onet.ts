import { readdir } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { BadFile } from '../files/bad-file.ts'
import { createTableReader, type TableRow, toText } from '../files/create-table-reader.ts'
import { checkCsv, readCsv } from '../files/read-csv.ts'
import { readWorkbook } from '../files/read-workbook.ts'
import { checkOnetCoverage, type TableCoverage } from './check-onet-coverage.ts'
import { type Onet, type OnetTable, onetTables } from './onet-tables.ts'

/** In this order, if a folder has several: CSV since release 30, tab-separated text and workbooks of all releases. */
const formats = ['.csv', '.txt', '.xlsx'] as const
type TableFile = OnetTable & { path: string }
export type ReadOnetOptions = { charset?: string | undefined; isPartial?: boolean | undefined }

/**
 * Reads the files of a folder row by row, in any of the three formats in which the database is published.
 * @param onProgress called with the number of rows
 * @throws BadFile if a file is missing, damaged or cut off
 */
export async function readOnet(
  folder: string,
  onProgress: (rows: number) => void,
  { charset, isPartial = false }: ReadOnetOptions = {},
): Promise<Onet> {
  const tables = await findTableFiles(folder)
  for (const { path, columns } of tables)
    if (extname(path) !== '.xlsx') await checkCsv(path, columns, { charset, separator: getSeparator(path) })
  const onet: Onet = { occupations: new Map(), importance: new Map(), zones: new Map(), newestMonth: '' }
  const coverages: TableCoverage[] = []
  let rows = 0
  for (const table of tables) {
    const coverage: TableCoverage = { file: basename(table.path), table: table.file, codes: new Set(), rowCount: 1 }
    for await (const row of readRows(table, charset)) {
      table.collect(row, onet)
      if ('code' in table.columns) coverage.codes.add(toText(row('code')))
      coverage.rowCount += 1
      rows += 1
      if (rows % 1000 === 0) onProgress(rows)
    }
    if ('code' in table.columns) coverages.push(coverage)
  }
  if (!isPartial) checkOnetCoverage(coverages)
  return onet
}

async function* readRows({ path, columns }: TableFile, charset: string | undefined): AsyncGenerator<TableRow<string>> {
  if (extname(path) !== '.xlsx') {
    yield* readCsv(path, columns, { charset, separator: getSeparator(path) })
    return
  }
  const [header = [], ...rows] = await readWorkbook(path)
  const reader = createTableReader(header, columns, basename(path))
  for (const cells of rows) yield reader.row(cells)
}

function getSeparator(path: string): 'tab' | 'comma' {
  return extname(path) === '.txt' ? 'tab' : 'comma'
}

/** `task_ratings.csv` and `Task Ratings.txt` are the same. */
async function findTableFiles(folder: string): Promise<TableFile[]> {
  const names = await readdir(folder).catch(() => {
    throw new BadFile(`${folder} is not a folder. Unzip the files of the O*NET database, and pass their folder.`)
  })
  const findPath = (table: string) =>
    formats
      .map((format) =>
        names.find(
          (name) =>
            extname(name).toLowerCase() === format &&
            normalizeName(name.slice(0, -format.length)) === normalizeName(table),
        ),
      )
      .find((name) => name !== undefined)
  const missing = onetTables.filter(({ file, isOptional }) => !isOptional && findPath(file) === undefined)
  if (missing.length > 0)
    throw new BadFile(
      `${basename(folder)} has no ${missing.map(({ file }) => file).join(', ')} as .csv, .txt or .xlsx: download the database as CSV, text or Excel, and unzip all files.`,
    )
  return onetTables.flatMap((table) => {
    const name = findPath(table.file)
    return name === undefined ? [] : [{ ...table, path: join(folder, name) }]
  })
}

function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '')
}
