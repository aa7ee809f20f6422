import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream'
import { type CsvError, parse } from 'csv-parse'
import { createTextDecoder, UndecodableText } from '#shared/domain/decode-text.ts'
import { describeTextFault } from '../../ops/read-text-file.ts'
import { BadFile } from './bad-file.ts'
import { type ColumnTitles, createTableReader, type TableRow, toText } from './create-table-reader.ts'
import { locateUndecodableCell } from './locate-undecodable-cell.ts'

// An unclosed quote must not read the whole file into memory.
const maxRowBytes = 1_000_000

/** `tab`: one row a line, cells separated by tabs, no quotes, as in the text files of the O*NET database. */
export type CsvFormat = { charset?: string | undefined; separator?: 'comma' | 'tab' }

/**
 * Yields the rows of a CSV file, which may be larger than memory. Every row must have as many cells as the header.
 * @throws BadFile with row and column
 */
export async function* readCsv<Name extends string>(
  file: string,
  columns: ColumnTitles<Name>,
  { charset, separator = 'comma' }: CsvFormat = {},
): AsyncGenerator<TableRow<Name>> {
  const isTab = separator === 'tab'
  const parser = parse({
    ...(isTab && { delimiter: '\t', quote: false }),
    skip_empty_lines: true,
    max_record_size: maxRowBytes,
  })
  // An error of the file ends the parser, which throws it below.
  pipeline(readParts(file, charset), parser, () => {})
  let reader: ReturnType<typeof createTableReader<Name>> | undefined
  let header: readonly unknown[] = []
  let rowNumber = 1
  try {
    for await (const cells of parser) {
      if (reader) {
        rowNumber += 1
        refuseDamagedText(cells, { file, header, rowNumber })
        yield reader.row(cells)
      } else {
        header = cells
        reader = createTableReader(cells, columns, basename(file))
      }
    }
  } catch (error) {
    if (error instanceof UndecodableText) {
      const place = await locateUndecodableCell(file, error.fault, { isTab })
      throw new BadFile(`${describeTextFault(file, error.fault, { isCsv: true })}${place}`)
    }
    throw isCsvReadError(error) ? new BadFile(describeCsvError(file, error, { rowNumber, header })) : error
  }
  if (!reader) throw new BadFile(`${basename(file)} is empty. Download it again.`)
}

/** Reads only the header, so that a wrong file is reported before long work begins. @throws BadFile */
export async function checkCsv<Name extends string>(
  file: string,
  columns: ColumnTitles<Name>,
  format: CsvFormat = {},
): Promise<void> {
  for await (const _ of readCsv(file, columns, format)) return
}

// U+FFFD is a character that was lost before; the others are UTF-8 that was read as Windows-1252 and saved again.
const damagedText = /\uFFFD|[ÃÂ][\u0080-\u00BF]|â€|â\u0080/

type CellPlace = { file: string; header: readonly unknown[]; rowNumber: number }

/** @throws BadFile with row and column if a cell was damaged by a wrong encoding */
function refuseDamagedText(cells: readonly unknown[], { file, header, rowNumber }: CellPlace): void {
  const index = cells.findIndex((cell) => damagedText.test(toText(cell)))
  if (index === -1) return
  throw new BadFile(
    `${basename(file)}, row ${rowNumber}, column "${toText(header[index])}": "${toText(cells[index]).slice(0, 80)}" was damaged by a wrong encoding. Download the file again, and do not save it with another program.`,
  )
}

async function* readParts(file: string, charset: string | undefined): AsyncGenerator<string> {
  const decoder = createTextDecoder(charset)
  for await (const bytes of createReadStream(file)) yield decoder.decode(bytes)
  yield decoder.end()
}

type CsvReadError = Error & { code: string; lines?: number; record?: readonly unknown[] }

function isCsvReadError(error: unknown): error is CsvReadError {
  return error instanceof Error && 'code' in error && !(error instanceof BadFile)
}

function describeCsvError(
  file: string,
  error: CsvReadError | CsvError,
  { rowNumber, header }: Pick<CellPlace, 'rowNumber' | 'header'>,
): string {
  const { code, lines } = error
  if (code === 'ENOENT') return `${file} does not exist.`
  if (lines === undefined) return `${file} cannot be read (${code}).`
  if (/INCONSISTENT/.test(code) && 'record' in error && Array.isArray(error.record)) {
    const { length } = error.record
    const column = header[Math.min(length, header.length) - 1]
    return `${basename(file)}, row ${rowNumber + 1}: it has ${length} columns instead of ${header.length}; it ends at column "${toText(column)}". The file was cut off or edited: download it again.`
  }
  return `${basename(file)} is not valid CSV (line ${lines}). Download it again, and unzip it if it is a .zip file.`
}
