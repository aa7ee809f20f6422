import { oneLine } from '#shared/format/one-line.ts'
import type { Settings } from './connect.ts'

/** The result, and nothing else, on standard output: as JSON, or as text for people. */
export function tell({ json }: Settings, value: unknown, text: string): void {
  console.log(json ? JSON.stringify(value) : text.split('\n').map(harmless).join('\n'))
}

/** Rows under their ids. */
export function tellTable(rows: readonly (readonly [id: string, columns: Columns])[]): void {
  const plain = rows.map(([id, columns]) => [
    oneLine(id),
    Object.fromEntries(
      Object.entries(columns).map(([name, value]) => [name, typeof value === 'string' ? oneLine(value) : value]),
    ),
  ])
  console.table(Object.fromEntries(plain))
}
export type Columns = { [name: string]: string | number }

export function dollars(cents: number): string {
  return (cents / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD' })
}

// What others wrote could else move the cursor, or say another thing than it seems.
function harmless(line: string): string {
  const [indent = ''] = /^ */.exec(line) ?? []
  return indent + line.slice(indent.length).replace(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, ' ')
}
