import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { BadFile } from './bad-file.ts'
import type { Cell } from './create-table-reader.ts'

// The file of all states has 9 MB and takes twenty times as much memory.
const maxBytes = 32 * 1024 * 1024

export type Sheet = { sheet: string; rows: readonly (readonly Cell[])[] }

/**
 * Returns all rows of one sheet of an .xlsx file. The whole file is read into memory: the format cannot be read in part.
 * @param sheet name of the sheet; default the first
 * @throws BadFile
 */
export async function readWorkbook(file: string, sheet?: string): Promise<readonly (readonly Cell[])[]> {
  // Loading the package takes 100 ms, so only commands that need it load it.
  const { readSheet } = await import('read-excel-file/node')
  return await readOrExplain(file, sheet, () => readSheet(file, sheet ?? 1))
}

/** Returns every sheet of an .xlsx file. @throws BadFile */
export async function readSheets(file: string): Promise<readonly Sheet[]> {
  const { default: readExcelFile } = await import('read-excel-file/node')
  const sheets = await readOrExplain(file, undefined, () => readExcelFile(file))
  return sheets.map(({ sheet, data }) => ({ sheet, rows: data }))
}

/** The name of a sheet in error messages. */
export function formatSheetName(file: string, sheet?: string): string {
  return `${basename(file)}, ${sheet === undefined ? 'first sheet,' : `sheet "${sheet}",`}`
}

async function readOrExplain<Result>(file: string, sheet: string | undefined, read: () => Promise<Result>) {
  try {
    const { size } = await stat(file)
    if (size > maxBytes) throw new BadFile(tooLargeMessage(file))
    return await read()
  } catch (error) {
    if (error instanceof BadFile) throw error
    throw new BadFile(await describeWorkbookError(file, sheet, error))
  }
}

async function describeWorkbookError(file: string, sheet: string | undefined, error: unknown): Promise<string> {
  if (!(error instanceof Error)) return `${file} cannot be read: ${error}`
  if ('code' in error && error.code === 'ENOENT') return `${file} does not exist.`
  if (error.name === 'SheetNotFoundError') {
    const { default: readExcelFile } = await import('read-excel-file/node')
    const sheets = (await readExcelFile(file)).map(({ sheet }) => `"${sheet}"`)
    return `${basename(file)} has no sheet "${sheet}". It has: ${sheets.join(', ')}. Check that it is the file from docs/importing.md.`
  }
  if ('code' in error && error.code === 'XLS_FILE_NOT_SUPPORTED')
    return `${basename(file)} is an old workbook (.xls). Save it as .xlsx.`
  return `${basename(file)} is not a valid workbook (.xlsx). Download it again, and unzip it if it is a .zip file.`
}

function tooLargeMessage(file: string): string {
  return `${basename(file)} is larger than ${maxBytes / 1024 / 1024} MiB. Use the file from docs/importing.md.`
}
