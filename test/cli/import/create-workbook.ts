import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import writeExcelFile from 'write-excel-file/node'

export type Cells = readonly (string | number | null)[]

/** A folder of its own for the files of a test. */
export function createTempFolder(): string {
  return mkdtempSync(join(tmpdir(), 'prospectus-import-'))
}

/** Writes an .xlsx file with these sheets, and says where it is. */
export async function createWorkbook(file: string, sheets: { [sheet: string]: readonly Cells[] }): Promise<string> {
  const sheetData = Object.entries(sheets).map(([sheet, rows]) => ({ sheet, data: rows.map((row) => [...row]) }))
  await writeExcelFile(sheetData).toFile(file)
  return file
}
