import { invalidFields } from '../../contract/problems.ts'
import {
  type ImportedPerson,
  listSuppressionColumns,
  parsePersonRow,
  parseSuppressionCsv,
  suppressionColumns,
} from '../../domain/aftercare/suppression-csv.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import { identifyHashedPerson, identifyPerson, type WithdrawnPerson } from './identify-person.ts'
import { type WithdrawalInput, type WithdrawConsentDependencies, withdrawConsent } from './withdraw-consent.ts'

type ImportDependencies = WithdrawConsentDependencies & Pick<Dependencies, 'sealer'>
type ImportRequest = Omit<WithdrawalInput, 'person' | 'leadId'> & { csv: string; maxRows: number }
type RowError = { row: number; code: string; detail: string }
type ImportResult = { rows: number; suppressed: number; errors: RowError[] }

/** Suppresses each person of a CSV. Rows are independent; an invalid row is returned with its number and skipped. */
export async function importSuppressions(
  { csv, maxRows, ...input }: ImportRequest,
  deps: ImportDependencies,
): Promise<ImportResult> {
  const { header, rows } = parseSuppressionCsv(csv)
  if (listSuppressionColumns({ header }).length === 0)
    throw invalidFields([
      {
        pointer: '/csv',
        code: 'no_column',
        detail: `must have a header row with one of: ${suppressionColumns.join(', ')}`,
      },
    ])
  if (rows.length > maxRows)
    throw invalidFields([
      { pointer: '/csv', code: 'too_many_rows', detail: `must have at most ${maxRows} rows: send it in parts` },
    ])
  const result: ImportResult = { rows: rows.length, suppressed: 0, errors: [] }
  for (const [index, cells] of rows.entries()) {
    const row = index + 1
    const imported = parsePersonRow(cells, header)
    if ('code' in imported) {
      result.errors.push({ row, ...imported })
      continue
    }
    for (const person of identifyPeople(imported, deps)) await withdrawConsent({ ...input, person }, deps)
    result.suppressed += 1
  }
  return result
}

/** A row may have plain identifiers, hashes, or both. */
function identifyPeople(
  { plain, hashes }: ImportedPerson,
  deps: Pick<ImportDependencies, 'digests' | 'sealer'>,
): WithdrawnPerson[] {
  return [
    ...(plain.email || plain.phone ? [identifyPerson(plain, deps)] : []),
    ...(hashes.email || hashes.phone ? [identifyHashedPerson(hashes, deps)] : []),
  ]
}
