import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { BadFile } from '../files/bad-file.ts'
import { checkCsv, readCsv } from '../files/read-csv.ts'
import { type Onet, onetTables } from './onet-tables.ts'

/** Reads the CSV files of a folder row by row. @param onProgress called with the number of rows @throws BadFile */
export async function readOnet(folder: string, onProgress: (rows: number) => void, charset?: string): Promise<Onet> {
  const tables = await findTableFiles(folder)
  for (const { path, columns } of tables) await checkCsv(path, columns, charset)
  const onet: Onet = { occupations: new Map(), importance: new Map(), zones: new Map(), parts: new Map() }
  let rows = 0
  for (const { path, columns, collect } of tables)
    for await (const row of readCsv(path, columns, charset)) {
      collect(row, onet)
      rows += 1
      if (rows % 1000 === 0) onProgress(rows)
    }
  return onet
}

/** `task_ratings.csv` and `Task Ratings.csv` are the same. */
async function findTableFiles(folder: string) {
  const names = await readdir(folder).catch(() => {
    throw new BadFile(`${folder} is not a folder. Unzip the CSV files of the O*NET database, and pass their folder.`)
  })
  const paths = new Map(
    names.filter((name) => /\.csv$/i.test(name)).map((name) => [normalizeName(name.slice(0, -4)), join(folder, name)]),
  )
  const missing = onetTables.filter(({ file, isOptional }) => !isOptional && !paths.has(normalizeName(file)))
  if (missing.length > 0)
    throw new BadFile(
      `${basename(folder)} has no ${missing.map(({ file }) => `${file}.csv`).join(', ')}: download the database as CSV, and unzip all files.`,
    )
  return onetTables.flatMap((table) => {
    const path = paths.get(normalizeName(table.file))
    return path === undefined ? [] : [{ ...table, path }]
  })
}

function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '')
}
