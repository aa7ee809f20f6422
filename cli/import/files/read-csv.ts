import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream'
import { type CsvError, parse } from 'csv-parse'
import { BadFile } from './bad-file.ts'
import { type Row, tableReader, type Wanted } from './table.ts'

// A quote that is never closed must not take the whole file into the memory.
const mostOfRow = 1_000_000

/** The rows of a CSV file, one after the other: it may be larger than the memory. */
export async function* readCsv<Name extends string>(file: string, wanted: Wanted<Name>): AsyncGenerator<Row<Name>> {
  const parser = parse({ bom: true, relax_column_count: true, skip_empty_lines: true, max_record_size: mostOfRow })
  // What goes wrong with the file ends the parser, and so is thrown below.
  pipeline(createReadStream(file), parser, () => {})
  let reader: ReturnType<typeof tableReader<Name>> | undefined
  try {
    for await (const cells of parser) {
      if (reader) yield reader.row(cells)
      else reader = tableReader(cells, wanted, basename(file))
    }
  } catch (error) {
    throw isCsvFault(error) ? new BadFile(complaint(file, error)) : error
  }
  if (!reader) throw new BadFile(`${basename(file)} is empty: download it anew.`)
}

/** Reads no more than the header, so that a wrong file is told before long work begins. */
export async function checkCsv<Name extends string>(file: string, wanted: Wanted<Name>): Promise<void> {
  for await (const _ of readCsv(file, wanted)) return
}

type CsvFault = Error & { code: string; lines?: number }

function isCsvFault(error: unknown): error is CsvFault {
  return error instanceof Error && 'code' in error && !(error instanceof BadFile)
}

function complaint(file: string, { code, lines }: CsvFault | CsvError): string {
  if (code === 'ENOENT') return `${file} is not there.`
  if (!code.startsWith('CSV_')) return `${file} cannot be read (${code}).`
  return `${basename(file)} is no CSV, or is broken at line ${lines}: download it anew, and unpack it where it came as .zip.`
}
