import type { DispositionWord } from '#shared/domain/aftercare/disposition.ts'
import type { DeliveryState } from '#shared/domain/delivery/delivery.ts'
import { toDayStart, toLocalDay } from '../../app/time-zone.ts'
import type { SchoolLead } from './school-lead.ts'

/** What an officer wants to see of the list. `since`: a day in the time zone of the school. */
export type OfficerFilter = {
  text: string
  status: DispositionWord | 'none' | ''
  delivery: DeliveryState | ''
  campaignId: string
  since: string
}
export const leadOrders = ['newest', 'oldest', 'name', 'status', 'program'] as const
export type LeadOrder = (typeof leadOrders)[number]

/** The leads that match all parts of a filter. */
export function filterLeads(leads: readonly SchoolLead[], filter: OfficerFilter): SchoolLead[] {
  const words = toWords(filter.text)
  const from = filter.since === '' ? Number.NaN : Date.parse(toDayStart(filter.since))
  return leads.filter(
    (lead) =>
      (filter.status === '' || getStatus(lead) === filter.status) &&
      (filter.delivery === '' || lead.state === filter.delivery) &&
      (filter.campaignId === '' || lead.campaignId === filter.campaignId) &&
      (Number.isNaN(from) || Date.parse(lead.createdAt) >= from) &&
      words.every((word) => matchesWord(lead, word)),
  )
}

/** The leads in an order. Those that are equal stay newest first. */
export function sortLeads(leads: readonly SchoolLead[], order: LeadOrder): SchoolLead[] {
  const newestFirst = leads.toSorted((one, other) => compare(other.createdAt, one.createdAt))
  if (order === 'newest') return newestFirst
  if (order === 'oldest') return newestFirst.toReversed()
  const key = { name: getSortName, status: getSortStatus, program: getProgramName }[order]
  return newestFirst.toSorted((one, other) => compare(key(one), key(other)))
}

/** How many leads came today, in the time zone of the school, and how many that arrived have no status yet. */
export function countQuickFilters(leads: readonly SchoolLead[], now: Date): { today: number; withoutStatus: number } {
  const today = toLocalDay(now)
  return {
    today: leads.filter(({ createdAt }) => toLocalDay(new Date(createdAt)) === today).length,
    withoutStatus: leads.filter((lead) => getStatus(lead) === 'none' && lead.state === 'delivered').length,
  }
}

/** The latest status; `none` if the lead can have one and has none, undefined if it can have none. */
export function getStatus({ disposition, event, summary, state }: SchoolLead): DispositionWord | 'none' | undefined {
  if (disposition) return disposition.disposition
  return state === 'erased' || (event?.data ?? summary)?.test ? undefined : 'none'
}

export function getProgramName({ event, summary }: Pick<SchoolLead, 'event' | 'summary'>): string {
  return (event?.data ?? summary)?.program.name ?? ''
}

function matchesWord(lead: SchoolLead, word: string): boolean {
  const contact = lead.event?.data.contact
  const digits = word.replace(/\D/g, '')
  const texts = [contact?.firstName, contact?.lastName, contact?.email, getProgramName(lead), contact?.zip]
  return (
    texts.some((text) => text !== undefined && fold(text).includes(word)) ||
    (digits.length >= 3 && (contact?.phone.includes(digits) ?? false))
  )
}

/** A phone number with spaces is one word. */
function toWords(text: string): string[] {
  const folded = fold(text.trim())
  if (/^[\d\s().+-]+$/.test(folded))
    return folded === '' ? [] : [folded.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '')]
  return folded.split(/\s+/).filter((word) => word !== '')
}

/** In lower case and without accents, so that Jose finds José. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

function getSortName({ event }: SchoolLead): string {
  // People whose contact details are hidden come last.
  return event ? fold(`${event.data.contact.lastName} ${event.data.contact.firstName}`) : '\uFFFF'
}

function getSortStatus(lead: SchoolLead): string {
  const status = getStatus(lead)
  return status === 'none' ? '' : (status ?? '\uFFFF')
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
