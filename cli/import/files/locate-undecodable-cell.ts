import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { parse } from 'csv-parse/sync'
import type { TextFault } from '#shared/domain/decode-text.ts'
import { toText } from './create-table-reader.ts'

/** Names the column and shows the cell that is not valid in its charset, such as ` Column "Title": "Jos� Nurse".`; empty if it is not known. */
export async function locateUndecodableCell(
  file: string,
  { kind, line, charset, likelyCharset }: TextFault,
  { isTab }: { isTab: boolean },
): Promise<string> {
  if (kind === 'archive' || charset.startsWith('utf-16')) return ''
  let header: string[] = []
  let number = 0
  for await (const text of createInterface({ input: createReadStream(file, 'latin1') })) {
    number += 1
    if (number === 1) header = splitLine(text, isTab)
    if (number < line) continue
    const cells = splitLine(text, isTab)
    const index = cells.findIndex((cell) => !isDecodable(cell, charset))
    if (index === -1) return ''
    const shown = new TextDecoder(likelyCharset).decode(Buffer.from(cells[index] ?? '', 'latin1'))
    return ` It is in column "${toText(header[index])}", near "${shown.slice(0, 60)}".`
  }
  return ''
}

function splitLine(text: string, isTab: boolean): string[] {
  const [cells = []] = parse(text, {
    ...(isTab && { delimiter: '\t', quote: false }),
    relax_quotes: true,
    relax_column_count: true,
  })
  return cells.map(toText)
}

function isDecodable(latin1: string, charset: string): boolean {
  try {
    new TextDecoder(charset, { fatal: true }).decode(Buffer.from(latin1, 'latin1'))
    return true
  } catch {
    return false
  }
}
