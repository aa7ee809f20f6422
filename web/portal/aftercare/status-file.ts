import { type DispositionWord, dispositionWord } from '#shared/domain/aftercare/disposition.ts'
import { parseSuppressionCsv } from '#shared/domain/aftercare/suppression-csv.ts'
import { dispositionLabels } from '../../app/text/lead-labels.ts'

/** A row of a list of statuses. `row` is its number below the heads, from 1. */
export type StatusRow = { row: number; deliveryId: string; term?: string; note?: string } & (
  | { disposition: DispositionWord }
  | { code: string }
)
export type StatusRowFault = { row: number; code: string }
export type StatusFile = { rows: StatusRow[]; faults: StatusRowFault[] }

/**
 * Reads the columns “Lead ID”, “Status”, “Term” and “Note” of a CSV. A status is a word, its label or a code of the school’s own, in any
 * case. Rows without a status are skipped. Undefined: a column is missing.
 */
export function readStatusFile(text: string): StatusFile | undefined {
  const { header, rows: lines } = parseSuppressionCsv(text)
  const columns = {
    id: header.indexOf('lead id'),
    status: header.indexOf('status'),
    term: header.indexOf('term'),
    note: header.indexOf('note'),
  }
  if (columns.id < 0 || columns.status < 0) return undefined
  const file: StatusFile = { rows: [], faults: [] }
  for (const [index, cells] of lines.entries()) {
    const row = index + 1
    const read = (column: number) => (cells[column] ?? '').trim()
    const [deliveryId, status] = [read(columns.id), read(columns.status)]
    const [term, note] = [read(columns.term), read(columns.note)]
    if (status === '') continue
    const disposition = parseStatus(status)
    if (deliveryId === '') file.faults.push({ row, code: 'noLead' })
    else if (!/^dlv_[\w-]{22}$/.test(deliveryId)) file.faults.push({ row, code: 'NOT_FOUND' })
    else
      file.rows.push({
        row,
        deliveryId,
        ...(disposition ? { disposition } : { code: status.slice(0, 64) }),
        ...(term !== '' && { term: term.slice(0, 40) }),
        ...(note !== '' && { note: note.slice(0, 500) }),
      })
  }
  return file
}

function parseStatus(text: string): DispositionWord | undefined {
  const folded = text.toLowerCase()
  return dispositionWord.options.find(
    (word) => word === folded || dispositionLabels[word].label.toLowerCase() === folded,
  )
}
