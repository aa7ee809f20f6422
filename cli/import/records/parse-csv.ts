import { parse } from 'csv-parse/sync'
import { stop } from '../../ops/stop.ts'
import type { CsvRow } from './parse-record-rows.ts'

/** The rows of a CSV file by column name, with cells without spaces around them. Exits with code 2 if it is not CSV. */
export function parseCsv(file: string, text: string): { header: string[]; rows: CsvRow[] } {
  try {
    const [header = [], ...lines]: string[][] = parse(text, { skip_empty_lines: true, trim: true, bom: true })
    if (header.length === 0)
      stop({ title: `${file} is empty. --template prints a file with all columns.`, ends: 'usage' })
    const rows = lines.map((cells, index) => ({
      number: index + 2,
      cells: Object.fromEntries(header.map((name, column) => [name, cells[column] ?? ''])),
    }))
    return { header, rows }
  } catch (error) {
    return stop({ title: `${file} is not valid CSV: ${error instanceof Error ? error.message : error}`, ends: 'usage' })
  }
}
