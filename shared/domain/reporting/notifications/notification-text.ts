import type { PersonHolder } from '../../access/access-person.ts'
import { buyerAdvice } from '../buyer-advice.ts'
import type { Notification, NotificationEvent } from './notification.ts'

type Reader = PersonHolder['caller']
type Described = Pick<Notification, 'event' | 'subject' | 'schoolId' | 'figures'>
type Wording = (content: Described, reader: Reader) => { title: string; detail: string }

const notificationTitles: { readonly [event in NotificationEvent]: string } = {
  'cap-almost-used': 'A cap is over 80% used',
  'cap-used': 'A cap is used up',
  'credit-almost-used': 'The balance is low',
  'credit-used': 'The balance is used up',
  'endpoint-failing': 'A webhook is failing',
  'mailbox-closed': 'An endpoint is disabled',
  'leads-stopped': 'No leads for days',
  'return-decided': 'A credit request was decided',
  'statement-ready': 'A monthly statement is ready',
  'import-finished': 'An import finished',
  'certificate-expiring': 'The TLS certificate is about to expire',
}

/** What an event is called for a reader. */
export function getNotificationTitle(event: NotificationEvent, reader: Reader): string {
  return reader === 'source' && event === 'return-decided' ? 'A lead was returned' : notificationTitles[event]
}

/** Returns a notification in one line and a sentence, for emails, pages and the CLI. It contains no personal data. */
export function describeNotification(content: Described, reader: Reader): { title: string; detail: string } {
  return wordings[content.event](content, reader)
}

const wordings: { readonly [event in NotificationEvent]: Wording } = {
  'cap-almost-used': describeCap,
  'cap-used': describeCap,
  'credit-almost-used': ({ schoolId, figures }, reader) => ({
    title: isStaff(reader) ? `Low balance: ${schoolId}` : 'Your balance is low',
    detail: isStaff(reader)
      ? `${formatCents(figures.leftCents)} of ${formatCents(figures.limitCents)} is left. ${buyerAdvice['credit-almost-used']}`
      : `${formatCents(figures.leftCents)} is left. Pay in time, so that you don’t miss leads.`,
  }),
  'credit-used': ({ schoolId }, reader) => ({
    title: isStaff(reader) ? `Balance used up: ${schoolId}` : 'Your balance is used up',
    detail: isStaff(reader)
      ? buyerAdvice['credit-used']
      : 'You get no new leads until your lead provider has recorded a payment.',
  }),
  'endpoint-failing': ({ schoolId, figures }, reader) => ({
    title: isStaff(reader) ? `Webhook failing: ${schoolId}` : 'Your webhook is failing',
    detail: isStaff(reader)
      ? `${figures.failures} failures in a row. ${buyerAdvice['endpoint-failing']}`
      : `It failed ${figures.failures} times in a row. Your leads wait and are sent again. Check the system that takes them.`,
  }),
  'mailbox-closed': ({ subject, schoolId, figures }, reader) => ({
    title: isStaff(reader) ? `Endpoint disabled: ${schoolId}` : 'An address for your leads is disabled',
    detail: isStaff(reader)
      ? `Campaign ${subject.id}, ${figures.kind}: ${figures.why}. ${buyerAdvice['mailbox-closed']}`
      : `Campaign ${subject.id}: it ${closedReasons[String(figures.why)] ?? 'can’t be used'}. Give your lead provider a new one.`,
  }),
  'leads-stopped': ({ schoolId, figures }, reader) => ({
    title: isStaff(reader)
      ? `No leads for ${figures.days} days: ${schoolId}`
      : `You had no new leads for ${figures.days} days`,
    detail: isStaff(reader)
      ? buyerAdvice['leads-stopped']
      : 'Check your caps, hours and pauses, or ask your lead provider.',
  }),
  'return-decided': ({ subject, figures }, reader) =>
    reader === 'source'
      ? {
          title: `Lead returned: ${formatCents(figures.payoutCents)} taken back`,
          detail: `A school returned lead ${subject.id}, and we accepted it.`,
        }
      : figures.decision === 'accepted'
        ? {
            title: `Credit given: ${formatCents(figures.creditCents)}`,
            detail: `For lead ${subject.id}. It no longer counts toward your caps.`,
          }
        : {
            title: 'Credit request declined',
            detail: `For lead ${subject.id}. Open the lead to read why.`,
          },
  'statement-ready': ({ subject, figures }) => ({
    title: `Statement for ${subject.id}`,
    detail: `The month is closed with a balance of ${formatCents(figures.closingCents)}.`,
  }),
  'import-finished': ({ subject, figures }) => ({
    title: `Import finished: ${subject.id}`,
    detail: `Created ${figures.created}, changed ${figures.changed}, deleted ${figures.deleted}, unchanged ${figures.unchanged}, refused ${figures.refused}.`,
  }),
  'certificate-expiring': ({ subject, figures }) => ({
    title: `The TLS certificate of ${subject.id} is about to expire`,
    detail: `${figures.reason}. Check in the log of your proxy why it has not renewed it.`,
  }),
}

function describeCap({ event, subject, schoolId, figures }: Described, reader: Reader) {
  const { period, unit, used, limit } = figures
  const amount = (value: string | number | undefined) => (unit === 'cents' ? formatCents(value) : String(value))
  const of = `${amount(used)} of ${amount(limit)}${unit === 'cents' ? '' : ' leads'} ${periods[String(period)] ?? ''}`
  const isUsed = event === 'cap-used'
  const place = subject.kind === 'schools' ? 'all campaigns together' : `campaign ${subject.id}`
  const whose = isStaff(reader) && schoolId !== undefined ? ` (${schoolId})` : ''
  const advice = isStaff(reader)
    ? buyerAdvice[isUsed ? 'cap-used' : 'cap-almost-used']
    : 'If you want more leads, raise your cap or ask your lead provider.'
  return {
    title: `${isUsed ? 'Cap reached' : 'Cap over 80% used'}: ${place}${whose}`,
    detail: `${of.trim()}. ${advice}`,
  }
}

const periods: { [period: string]: string } = {
  day: 'today',
  week: 'this week',
  month: 'this month',
  total: 'in total',
}
const closedReasons: { [why: string]: string } = {
  gone: 'says that it no longer takes leads',
  bounced: 'bounces emails',
  complained: 'reported an email as spam',
}

function isStaff(reader: Reader): boolean {
  return reader === 'operator'
}

function formatCents(cents: string | number | undefined): string {
  return (Number(cents) / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD' })
}
