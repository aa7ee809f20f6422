import { cleanToken } from '../fields/clean-text.ts'
import { normalizeEmail } from '../fields/email.ts'
import { normalizePhone } from '../fields/phone.ts'

/** How many rows one call imports. A longer file is sent in parts. */
export const maxImportRows = 500
/** The longest text of one call. */
export const maxImportCharacters = 100_000

export const suppressionColumns = ['email', 'phone', 'email_sha256', 'phone_sha256'] as const
type Column = (typeof suppressionColumns)[number]

/** A CSV of people. `header`: the names of the columns in lower case. */
export type SuppressionCsv = { header: string[]; rows: string[][] }
export type ImportedPerson = {
  plain: { email?: string | undefined; phone?: string | undefined }
  hashes: { email?: string | undefined; phone?: string | undefined }
}
export type ImportRowFault = { code: 'invalid_email' | 'invalid_phone' | 'invalid_hash' | 'empty'; detail: string }

/**
 * RFC 4180 with any line end. Spreadsheets separate by semicolons or tabs in many countries, and some say so in a first line
 * `sep=;`. A quote within a cell, or one that never closes, is a character as any other. Empty lines are skipped.
 */
export function parseSuppressionCsv(csv: string): SuppressionCsv {
  const text = csv.replace(/^\uFEFF/, '')
  const [, stated] = /^"?sep=([,;|\t])"?[\r\n]+/i.exec(text) ?? []
  const separator = stated ?? findSeparator(text)
  const outside = `[^${separator}\\r\\n]`
  const cell = new RegExp(
    `(?:[ ]*"((?:[^"]|"")*)"[ ]*(?!${outside})|(${outside}*))([${separator}]|\\r\\n?|\\n|$)`,
    'gy',
  )
  const lines: string[][] = [[]]
  for (const [, quoted, bare = '', end = ''] of (stated ? text.replace(/^.*[\r\n]+/, '') : text).matchAll(cell)) {
    lines.at(-1)?.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'))
    if (end !== separator) lines.push([])
  }
  const [header = [], ...rows] = lines.filter((cells) => cells.some((value) => value.trim() !== ''))
  return { header: header.map((name) => cleanToken(name).toLowerCase()), rows }
}

/** The separator that splits the first line into the most cells. */
function findSeparator(text: string): string {
  const [firstLine = ''] = text.trimStart().split(/[\r\n]/, 1)
  const separators = [',', ';', '\t', '|'].map((separator) => ({ separator, cells: firstLine.split(separator).length }))
  return separators.reduce((best, one) => (one.cells > best.cells ? one : best)).separator
}

/** The columns that an import reads. None: the file is not a list of people. */
export function listSuppressionColumns({ header }: Pick<SuppressionCsv, 'header'>): Column[] {
  return suppressionColumns.filter((column) => header.includes(column))
}

/** The person of a row, who may be given in plain, as hashes, or both; or what is wrong with the row. */
export function parsePersonRow(cells: readonly string[], header: readonly string[]): ImportedPerson | ImportRowFault {
  const read = (column: Column) => cleanToken(cells[header.lastIndexOf(column)] ?? '') || undefined
  const written = { email: read('email'), phone: read('phone') }
  const hashes = { email: read('email_sha256')?.toLowerCase(), phone: read('phone_sha256')?.toLowerCase() }
  const plain = {
    email: written.email === undefined ? undefined : normalizeEmail(written.email),
    phone: written.phone === undefined ? undefined : normalizePhone(written.phone),
  }
  if (written.email && !plain.email) return { code: 'invalid_email', detail: '`email` is not an email address' }
  if (written.phone && !plain.phone) return { code: 'invalid_phone', detail: '`phone` is not a valid phone number' }
  for (const hash of [hashes.email, hashes.phone])
    if (hash && !/^[0-9a-f]{64}$/.test(hash))
      return { code: 'invalid_hash', detail: 'a SHA-256 has 64 hexadecimal digits' }
  const isEmpty = [plain.email, plain.phone, hashes.email, hashes.phone].every((value) => value === undefined)
  return isEmpty ? { code: 'empty', detail: 'has neither an email nor a phone' } : { plain, hashes }
}

/** The rows of one call, as CSV with a header row. `rows`: their numbers in the file, from 1. */
export type SuppressionCsvPart = { csv: string; rows: number[] }
export type SuppressionImportPlan = {
  parts: readonly SuppressionCsvPart[]
  /** Rows that are not sent, because they name no person. */
  faults: readonly ({ row: number } & ImportRowFault)[]
}

/** Splits a file into parts that one call takes each, with only the columns that an import reads. */
export function planSuppressionImport({ header, rows }: SuppressionCsv, firstRow = 1): SuppressionImportPlan {
  const columns = listSuppressionColumns({ header })
  const headerLine = `${columns.join(',')}\n`
  const parts: SuppressionCsvPart[] = []
  const faults: ({ row: number } & ImportRowFault)[] = []
  for (const [index, cells] of rows.entries()) {
    const row = index + 1
    if (row < firstRow) continue
    const person = parsePersonRow(cells, header)
    if ('code' in person) {
      faults.push({ row, ...person })
      continue
    }
    const line = `${columns.map((column) => quote(cells[header.lastIndexOf(column)] ?? '')).join(',')}\n`
    const last = parts.at(-1)
    if (last && last.rows.length < maxImportRows && last.csv.length + line.length <= maxImportCharacters) {
      last.csv += line
      last.rows.push(row)
    } else parts.push({ csv: headerLine + line, rows: [row] })
  }
  return { parts, faults }
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
