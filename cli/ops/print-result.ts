import { toOneLine } from '#shared/format/to-one-line.ts'
import type { GlobalOptions } from './connect.ts'

/** Prints only the result on standard output: as JSON, or as text. */
export function printResult({ json }: GlobalOptions, value: unknown, text: string): void {
  console.log(json ? JSON.stringify(value) : text.split('\n').map(stripControlCharacters).join('\n'))
}

/** Prints rows as a table, by ID. */
export function printTable(rows: readonly (readonly [id: string, columns: TableColumns])[]): void {
  const entries = rows.map(([id, columns]) => [
    toOneLine(id),
    Object.fromEntries(
      Object.entries(columns).map(([name, value]) => [name, typeof value === 'string' ? toOneLine(value) : value]),
    ),
  ])
  console.table(Object.fromEntries(entries))
}
export type TableColumns = { [name: string]: string | number }

export function formatDollars(cents: number): string {
  return (cents / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD' })
}

// Control and direction characters in foreign text could move the cursor or disguise the text.
function stripControlCharacters(line: string): string {
  const [indent = ''] = /^ */.exec(line) ?? []
  return indent + line.slice(indent.length).replace(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, ' ')
}
