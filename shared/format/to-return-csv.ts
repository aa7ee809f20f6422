import { stringify } from 'csv-stringify/sync'
import type { LeadReturn } from '../domain/aftercare/lead-return.ts'

const columns = [
  ...['delivery_id', 'lead_id', 'school_id', 'campaign_id', 'reason', 'note', 'evidence_url', 'state', 'by_staff'],
  ...['requested_at', 'requested_by', 'decided_at', 'decided_by', 'answer', 'credit_cents'],
]

/** CSV by RFC 4180, one row for each return. A value that a spreadsheet would run as a formula is escaped. */
export function toReturnCsv(returns: readonly LeadReturn[], { header }: { header: boolean }): string {
  const cells = returns.map((one) => [
    ...[one.deliveryId, one.leadId, one.schoolId, one.campaignId, one.reason, one.note, one.evidenceUrl, one.state],
    one.byStaff ? 'yes' : 'no',
    ...[one.requestedAt, one.requestedBy?.name, one.decidedAt, one.decidedBy?.name, one.answer],
    one.creditCents,
  ])
  return stringify(header ? [columns, ...cells] : cells, {
    // Excel reads UTF-8 only with a byte order mark.
    bom: header,
    escape_formulas: true,
    record_delimiter: 'windows',
  })
}
