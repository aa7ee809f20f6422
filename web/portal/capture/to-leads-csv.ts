import { dispositionLabels } from '../../app/text/lead-labels.ts'
import { statusLabels } from '../../app/text/status-labels.ts'
import { csvColumns } from '../text/leads.ts'
import { formatPhone } from './format-phone.ts'
import { getProgramName } from './lead-list.ts'
import type { SchoolLead } from './school-lead.ts'

/**
 * Leads as CSV for a spreadsheet (RFC 4180, with a byte order mark for Excel). Phones are written as (512) 555-0123, which no
 * spreadsheet takes for a number, and a value that would be run as a formula begins with an apostrophe. A list with a
 * changed status can be imported again.
 */
export function toLeadsCsv(leads: readonly SchoolLead[]): string {
  const rows = leads.map(toRow)
  return `\uFEFF${[csvColumns, ...rows].map((cells) => cells.map(toCell).join(',')).join('\r\n')}\r\n`
}

function toRow(lead: SchoolLead): string[] {
  const { deliveryId, createdAt, campaignId, disposition, state, event } = lead
  const { firstName = '', lastName = '', email = '', phone = '', zip = '' } = event?.data.contact ?? {}
  return [
    deliveryId,
    createdAt,
    firstName,
    lastName,
    formatPhone(phone),
    email,
    event?.data.contact.state ?? '',
    zip,
    getProgramName(lead),
    campaignId,
    statusLabels.delivery[state].label,
    disposition ? dispositionLabels[disposition.disposition].label : '',
  ]
}

function toCell(value: string): string {
  const safe = formulaStart.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

// The full-width forms are formulas in some spreadsheets, too.
const formulaStart = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u
