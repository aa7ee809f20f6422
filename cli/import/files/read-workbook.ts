import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { BadFile } from './bad-file.ts'
import type { Cell } from './create-table-reader.ts'

// The file of all states has 9 MB, and becomes twenty times that in the memory.
const maxBytes = 32 * 1024 * 1024

/**
 * All rows of one sheet of an .xlsx file. It is held whole: such a file cannot be read in part.
 * @param sheet its name; the first one unless said
 */
export async function readWorkbook(file: string, sheet?: string): Promise<readonly (readonly Cell[])[]> {
  // Its parts take a tenth of a second to load, for which no other command should wait.
  const { readSheet } = await import('read-excel-file/node')
  try {
    const { size } = await stat(file)
    if (size > maxBytes) throw new BadFile(tooLargeMessage(file))
    return await readSheet(file, sheet ?? 1)
  } catch (error) {
    if (error instanceof BadFile) throw error
    throw new BadFile(await describeWorkbookError(file, sheet, error))
  }
}

/** How a sheet is called in complaints. */
export function formatSheetName(file: string, sheet?: string): string {
  return `${basename(file)}, ${sheet === undefined ? 'first sheet,' : `sheet "${sheet}",`}`
}

async function describeWorkbookError(file: string, sheet: string | undefined, error: unknown): Promise<string> {
  if (!(error instanceof Error)) return `${file} cannot be read: ${error}`
  if ('code' in error && error.code === 'ENOENT') return `${file} is not there.`
  if (error.name === 'SheetNotFoundError') {
    const { default: readExcelFile } = await import('read-excel-file/node')
    const sheets = (await readExcelFile(file)).map(({ sheet }) => `"${sheet}"`)
    return `${basename(file)} has no sheet "${sheet}". It has: ${sheets.join(', ')}. Is it the file that docs/importing.md names?`
  }
  if ('code' in error && error.code === 'XLS_FILE_NOT_SUPPORTED')
    return `${basename(file)} is an old workbook (.xls): save it as .xlsx.`
  return `${basename(file)} is no workbook (.xlsx), or is broken: download it anew, and unpack it where it came as .zip.`
}

function tooLargeMessage(file: string): string {
  return `${basename(file)} has more than ${maxBytes / 1024 / 1024} MiB, which is too much to be read at once: take the file that docs/importing.md names.`
}
