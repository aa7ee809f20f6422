import { stringify } from 'csv-stringify/sync'
import type { LeadCreated } from '../domain/delivery/lead-created.ts'
import { escapeFormula } from './escape-formula.ts'

/** The columns of a school's file, in this order. New ones are added at the end. */
export const schoolLeadColumns = [
  'deliveryId',
  'leadId',
  'receivedAt',
  'test',
  'firstName',
  'lastName',
  'email',
  'phone',
  'zip',
  'state',
  'timeZone',
  'mayCallFrom',
  'mayCallUntil',
  'programId',
  'programName',
  'level',
  'programModality',
  'campaignId',
  'priceCents',
  'highestLevel',
  'startWindow',
  'modality',
  'age',
  'military',
  'gpa',
  'answers',
  'careerSlug',
  'pageUrl',
  'referrer',
  'sourceId',
  'sourceName',
  'subIds',
  'utm',
  'globalPrivacyControl',
  'consentAt',
  'consentVersion',
  'consentSha256',
  'consentText',
  'certificateUrl',
  'leadIdToken',
  'ip',
  'userAgent',
] as const

type SchoolLeadCells = { [column in (typeof schoolLeadColumns)[number]]: string }

/**
 * Leads as a school gets them, as CSV by RFC 4180 in UTF-8 with a byte order mark: a header and one row for each. Lists and
 * labels are JSON. A value that a spreadsheet would run as a formula is escaped.
 */
export function toSchoolLeadCsv(events: readonly LeadCreated[]): string {
  const rows = events
    .map(toCells)
    .map((cells) => Object.fromEntries(schoolLeadColumns.map((column) => [column, escapeFormula(cells[column])])))
  return stringify(rows, { bom: true, header: true, columns: [...schoolLeadColumns], record_delimiter: 'windows' })
}

function toCells({ timestamp, data }: LeadCreated): SchoolLeadCells {
  const { contact, contactWindow, program, page, source, consent } = data
  return {
    ...{ deliveryId: data.deliveryId, leadId: data.leadId, receivedAt: timestamp, test: String(data.test) },
    ...contact,
    timeZone: data.timeZone ?? '',
    mayCallFrom: contactWindow?.opensAt ?? '',
    mayCallUntil: contactWindow?.closesAt ?? '',
    ...{ programId: program.id, programName: program.name, level: program.level, programModality: program.modality },
    campaignId: data.campaignId ?? '',
    priceCents: toCell(data.priceCents),
    highestLevel: data.education.highestLevel,
    startWindow: data.startWindow ?? '',
    modality: data.modality ?? '',
    ...{ age: toCell(data.age), military: toCell(data.military), gpa: toCell(data.gpa) },
    answers: toCell(data.answers),
    careerSlug: data.careerSlug ?? '',
    pageUrl: page?.url ?? '',
    referrer: page?.referrer ?? '',
    ...{ sourceId: source.id, sourceName: source.name, subIds: toCell(data.subIds), utm: toCell(data.utm) },
    globalPrivacyControl: toCell(data.globalPrivacyControl),
    ...{ consentAt: consent.grantedAt, consentVersion: consent.version, consentSha256: consent.sha256 },
    consentText: consent.text,
    certificateUrl: consent.certificateUrl ?? '',
    leadIdToken: consent.leadIdToken ?? '',
    ip: consent.ip ?? '',
    userAgent: consent.userAgent ?? '',
  }
}

/** A value that is absent, or a record without entries, is an empty cell. */
function toCell(value: string | number | boolean | object | undefined): string {
  if (value === undefined) return ''
  if (typeof value !== 'object') return String(value)
  return Object.keys(value).length === 0 ? '' : JSON.stringify(value)
}
