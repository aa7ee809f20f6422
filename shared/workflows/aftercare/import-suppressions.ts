import { invalidFields } from '../../contract/problems.ts'
import { cleanToken } from '../../domain/fields/clean-text.ts'
import { normalizeEmail } from '../../domain/fields/email.ts'
import { normalizePhone } from '../../domain/fields/phone.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import { identifyHashedPerson, identifyPerson, type WithdrawnPerson } from './identify-person.ts'
import { type WithdrawalInput, type WithdrawConsentDependencies, withdrawConsent } from './withdraw-consent.ts'

type ImportDependencies = WithdrawConsentDependencies & Pick<Dependencies, 'sealer'>
type ImportRequest = Omit<WithdrawalInput, 'person' | 'leadId'> & { csv: string; maxRows: number }
type RowError = { row: number; code: string; detail: string }
type ImportResult = { rows: number; suppressed: number; errors: RowError[] }

const columns = ['email', 'phone', 'email_sha256', 'phone_sha256'] as const
type Column = (typeof columns)[number]

/** Suppresses each person of a CSV. Rows are independent; an invalid row is returned with its number and skipped. */
export async function importSuppressions(
  { csv, maxRows, ...input }: ImportRequest,
  deps: ImportDependencies,
): Promise<ImportResult> {
  const { header, rows } = parseCsv(csv)
  if (!header.some((name) => columns.some((column) => column === name)))
    throw invalidFields([
      { pointer: '/csv', code: 'no_column', detail: `must have a header row with one of: ${columns.join(', ')}` },
    ])
  if (rows.length > maxRows)
    throw invalidFields([
      { pointer: '/csv', code: 'too_many_rows', detail: `must have at most ${maxRows} rows: send it in parts` },
    ])
  const result: ImportResult = { rows: rows.length, suppressed: 0, errors: [] }
  for (const [index, cells] of rows.entries()) {
    const row = index + 1
    const people = identifyRow(Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])), deps)
    if (!Array.isArray(people)) {
      result.errors.push({ row, ...people })
      continue
    }
    for (const person of people) await withdrawConsent({ ...input, person }, deps)
    result.suppressed += 1
  }
  return result
}

/** A row may have plain identifiers, hashes, or both. */
function identifyRow(
  cells: { [column: string]: string },
  deps: Pick<ImportDependencies, 'digests' | 'sealer'>,
): WithdrawnPerson[] | Omit<RowError, 'row'> {
  const read = (column: Column) => cleanToken(cells[column] ?? '') || undefined
  const plain = { email: read('email'), phone: read('phone') }
  const hashes = { email: read('email_sha256')?.toLowerCase(), phone: read('phone_sha256')?.toLowerCase() }
  const email = plain.email && normalizeEmail(plain.email)
  const phone = plain.phone && normalizePhone(plain.phone)
  if (plain.email && !email) return { code: 'invalid_email', detail: '`email` is not an email address' }
  if (plain.phone && !phone) return { code: 'invalid_phone', detail: '`phone` is not a valid phone number' }
  for (const hash of [hashes.email, hashes.phone])
    if (hash && !/^[0-9a-f]{64}$/.test(hash))
      return { code: 'invalid_hash', detail: 'a SHA-256 has 64 hexadecimal digits' }
  const people = [
    ...(email || phone ? [identifyPerson({ email: email || undefined, phone: phone || undefined }, deps)] : []),
    ...(hashes.email || hashes.phone ? [identifyHashedPerson(hashes, deps)] : []),
  ]
  return people.length > 0 ? people : { code: 'empty', detail: 'has neither an email nor a phone' }
}

/** RFC 4180 with commas, quotes and either line end. Empty lines are skipped. */
function parseCsv(csv: string): { header: string[]; rows: string[][] } {
  const lines: string[][] = [[]]
  for (const [, quoted, bare = '', end = ''] of csv
    .replace(/^\uFEFF/, '')
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    lines.at(-1)?.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'))
    if (end !== ',') lines.push([])
  }
  const [header = [], ...rows] = lines.filter((cells) => cells.some((cell) => cell.trim() !== ''))
  return { header: header.map((name) => cleanToken(name).toLowerCase()), rows }
}
