import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream'
import { type CsvError, parse } from 'csv-parse'
import { BadFile } from './bad-file.ts'
import { type ColumnTitles, createTableReader, type TableRow } from './create-table-reader.ts'

// A quote that is never closed must not take the whole file into the memory.
const maxOfRow = 1_000_000

/** The rows of a CSV file, one after the other: it may be larger than the memory. */
export async function* readCsv<Name extends string>(
  file: string,
  columns: ColumnTitles<Name>,
): AsyncGenerator<TableRow<Name>> {
  const parser = parse({ bom: true, relax_column_count: true, skip_empty_lines: true, max_record_size: maxOfRow })
  // What goes wrong with the file ends the parser, and so is thrown below.
  pipeline(createReadStream(file), parser, () => {})
  let reader: ReturnType<typeof createTableReader<Name>> | undefined
  try {
    for await (const cells of parser) {
      if (reader) yield reader.row(cells)
      else reader = createTableReader(cells, columns, basename(file))
    }
  } catch (error) {
    throw isCsvReadError(error) ? new BadFile(describeCsvError(file, error)) : error
  }
  if (!reader) throw new BadFile(`${basename(file)} is empty: download it anew.`)
}

/** Reads no more than the header, so that a wrong file is told before long work begins. */
export async function checkCsv<Name extends string>(file: string, columns: ColumnTitles<Name>): Promise<void> {
  for await (const _ of readCsv(file, columns)) return
}

type CsvReadError = Error & { code: string; lines?: number }

function isCsvReadError(error: unknown): error is CsvReadError {
  return error instanceof Error && 'code' in error && !(error instanceof BadFile)
}

function describeCsvError(file: string, { code, lines }: CsvReadError | CsvError): string {
  if (code === 'ENOENT') return `${file} is not there.`
  if (!code.startsWith('CSV_')) return `${file} cannot be read (${code}).`
  return `${basename(file)} is no CSV, or is broken at line ${lines}: download it anew, and unpack it where it came as .zip.`
}
