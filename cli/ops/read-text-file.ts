import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { Option } from 'commander'
import { decodeText, isCharset, type TextFault, UndecodableText } from '#shared/domain/decode-text.ts'
import { stop } from './stop.ts'

/** Of every command that reads CSV. A file with a byte order mark needs no charset. */
export function createCharsetOption(): Option {
  return new Option('--charset <name>', 'charset of the CSV, such as windows-1252; utf-8 unless set').argParser(
    (name) => {
      if (isCharset(name)) return name
      const title = `--charset must be a charset such as utf-8, utf-16le, windows-1252 or macintosh, not ${name}.`
      return stop({ title, ends: 'usage' })
    },
  )
}

/** Returns the text of a file, or of standard input if its name is `-`. Exits with code 2 if it cannot be read. */
export async function readTextFile(file: string, read: { charset?: string | undefined; isCsv: boolean }) {
  try {
    return decodeText(file === '-' ? await buffer(process.stdin) : await readFile(file), read.charset)
  } catch (error) {
    if (error instanceof UndecodableText)
      return stop({ title: describeTextFault(file, error.fault, read), ends: 'usage' })
    return stop({ title: `${file} cannot be read: ${error instanceof Error ? error.message : error}`, ends: 'usage' })
  }
}

/** Says where a file is not text and how to fix it. */
export function describeTextFault(
  file: string,
  { kind, line, charset, likelyCharset }: TextFault,
  { isCsv }: { isCsv: boolean },
): string {
  const name = file === '-' ? 'Standard input' : basename(file)
  if (kind === 'archive')
    return `${name} is a .zip or .xlsx file. Unzip it, or save it as ${isCsv ? 'CSV UTF-8' : 'UTF-8 text'}.`
  const fault = `${name}, line ${line}: not valid ${charset.toUpperCase()}.`
  if (!isCsv) return `${fault} It may be ${likelyCharset}: save it as UTF-8.`
  return `${fault} Save it as CSV UTF-8, or name its charset, which may be: --charset ${likelyCharset}`
}
