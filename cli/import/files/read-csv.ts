import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream'
import { type CsvError, parse } from 'csv-parse'
import { createTextDecoder, UndecodableText } from '#shared/domain/decode-text.ts'
import { describeTextFault } from '../../ops/read-text-file.ts'
import { BadFile } from './bad-file.ts'
import { type ColumnTitles, createTableReader, type TableRow } from './create-table-reader.ts'

// An unclosed quote must not read the whole file into memory.
const maxRowBytes = 1_000_000

/** Yields the rows of a CSV file, which may be larger than memory. @param charset absent: UTF-8 @throws BadFile */
export async function* readCsv<Name extends string>(
  file: string,
  columns: ColumnTitles<Name>,
  charset?: string,
): AsyncGenerator<TableRow<Name>> {
  const parser = parse({ relax_column_count: true, skip_empty_lines: true, max_record_size: maxRowBytes })
  // An error of the file ends the parser, which throws it below.
  pipeline(readParts(file, charset), parser, () => {})
  let reader: ReturnType<typeof createTableReader<Name>> | undefined
  try {
    for await (const cells of parser) {
      if (reader) yield reader.row(cells)
      else reader = createTableReader(cells, columns, basename(file))
    }
  } catch (error) {
    if (error instanceof UndecodableText) throw new BadFile(describeTextFault(file, error.fault, { isCsv: true }))
    throw isCsvReadError(error) ? new BadFile(describeCsvError(file, error)) : error
  }
  if (!reader) throw new BadFile(`${basename(file)} is empty. Download it again.`)
}

/** Reads only the header, so that a wrong file is reported before long work begins. @throws BadFile */
export async function checkCsv<Name extends string>(
  file: string,
  columns: ColumnTitles<Name>,
  charset?: string,
): Promise<void> {
  for await (const _ of readCsv(file, columns, charset)) return
}

async function* readParts(file: string, charset: string | undefined): AsyncGenerator<string> {
  const decoder = createTextDecoder(charset)
  for await (const bytes of createReadStream(file)) yield decoder.decode(bytes)
  yield decoder.end()
}

type CsvReadError = Error & { code: string; lines?: number }

function isCsvReadError(error: unknown): error is CsvReadError {
  return error instanceof Error && 'code' in error && !(error instanceof BadFile)
}

function describeCsvError(file: string, { code, lines }: CsvReadError | CsvError): string {
  if (code === 'ENOENT') return `${file} does not exist.`
  if (!code.startsWith('CSV_')) return `${file} cannot be read (${code}).`
  return `${basename(file)} is not valid CSV (line ${lines}). Download it again, and unzip it if it is a .zip file.`
}
