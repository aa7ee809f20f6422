import { stringify } from 'csv-stringify/sync'
import type { ActiveSuppression } from '../domain/aftercare/suppression.ts'

type SuppressionCsvRow = Pick<ActiveSuppression, 'suppressionId' | 'scope' | 'basis' | 'at'> & {
  email?: string | undefined
  phone?: string | undefined
  channel: string
  reason?: string | undefined
}

/** CSV by RFC 4180. Its columns of identifiers are those that an import reads. */
export function toSuppressionCsv(
  rows: readonly SuppressionCsvRow[],
  { format, header }: { format: 'sha256' | 'plain'; header: boolean },
): string {
  const [email, phone] = format === 'plain' ? ['email', 'phone'] : ['email_sha256', 'phone_sha256']
  const columns = [
    email,
    phone,
    'scope',
    'school_id',
    'source_id',
    'basis',
    'at',
    'channel',
    'reason',
    'suppression_id',
  ]
  const cells = rows.map((row) => [
    row.email ?? '',
    // A spreadsheet would read a leading plus as a formula.
    row.phone?.replace(/^\+/, '') ?? '',
    row.scope.kind,
    row.scope.kind === 'school' ? row.scope.schoolId : '',
    row.scope.kind === 'source' ? row.scope.sourceId : '',
    row.basis,
    row.at,
    row.channel,
    row.reason ?? '',
    row.suppressionId,
  ])
  return stringify(header ? [columns, ...cells] : cells, {
    // Excel reads UTF-8 only with a byte order mark.
    bom: header,
    escape_formulas: true,
    record_delimiter: 'windows',
  })
}
