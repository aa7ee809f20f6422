import * as z from 'zod'
import type { PersonHolder, PersonRole } from '../../access/access-person.ts'
import { idSchema } from '../../ids.ts'
import { instant } from '../../vocabulary.ts'

/** What people can be told of. Those that are conditions have the name of their attention code. */
export const notificationEvents = [
  'cap-almost-used',
  'cap-used',
  'credit-almost-used',
  'credit-used',
  'endpoint-failing',
  'mailbox-closed',
  'leads-stopped',
  'return-decided',
  'statement-ready',
  'import-finished',
  'certificate-expiring',
] as const
export const notificationEvent = z.enum(notificationEvents).meta({ id: 'NotificationEvent' })
export type NotificationEvent = z.output<typeof notificationEvent>

/** `at-once`: an email within minutes. `daily`: in one email in the morning. `off`: only in the list. */
export const notificationTiming = z.enum(['at-once', 'daily', 'off']).meta({ id: 'NotificationTiming' })
export type NotificationTiming = z.output<typeof notificationTiming>
/** What a person chose. Events that are not in it are as for their role. */
export const notificationChoices = z.partialRecord(notificationEvent, notificationTiming)
export type NotificationChoices = z.output<typeof notificationChoices>

type RoleTimings = { readonly [role in PersonRole]?: NotificationTiming }
type EventAudience = { readonly [caller in PersonHolder['caller']]?: RoleTimings }

const operations = { owner: 'daily', operations: 'at-once', billing: 'off', viewer: 'off' } as const
const money = { owner: 'daily', operations: 'off', billing: 'at-once', viewer: 'off' } as const
const news = { owner: 'off', operations: 'daily', billing: 'off', viewer: 'off' } as const
const admins = { admin: 'at-once', officer: 'off', viewer: 'off' } as const
const publisher = { viewer: 'at-once' } as const
const adminsDaily = { admin: 'daily', officer: 'off', viewer: 'off' } as const

/** Who can be told of an event, and when each role is unless the person chose otherwise. */
export const notificationCatalog: { readonly [event in NotificationEvent]: EventAudience } = {
  'cap-almost-used': { operator: news, school: adminsDaily },
  'cap-used': { operator: news, school: admins },
  'credit-almost-used': { operator: money, school: admins },
  'credit-used': { operator: money, school: admins },
  'endpoint-failing': { operator: operations, school: admins },
  'mailbox-closed': { operator: operations, school: admins },
  'leads-stopped': { operator: operations, school: adminsDaily },
  'return-decided': { school: { admin: 'at-once', officer: 'at-once', viewer: 'off' }, source: publisher },
  'statement-ready': { school: admins, source: publisher },
  'import-finished': { operator: news },
  'certificate-expiring': { operator: operations },
}

/** The events that people of a holder can be told of. */
export function listAvailableEvents({ caller }: PersonHolder): NotificationEvent[] {
  return notificationEvents.filter((event) => notificationCatalog[event][caller] !== undefined)
}

/** When a person is told of an event: as they chose, or as for their role. */
export function findTiming(
  event: NotificationEvent,
  { holder, role }: { holder: PersonHolder; role: PersonRole },
  choices: NotificationChoices = {},
): NotificationTiming {
  const timings: RoleTimings | undefined = notificationCatalog[event][holder.caller]
  return timings === undefined ? 'off' : (choices[event] ?? timings[role] ?? 'off')
}

export const notification = z
  .object({
    notificationId: idSchema('notification'),
    event: notificationEvent,
    at: instant,
    subject: z
      .object({
        kind: z.enum(['schools', 'campaigns', 'deliveries', 'statements', 'imports', 'hosts']),
        id: z.string(),
      })
      .meta({ description: 'What it is about: an ID, the month of a statement, or the name of a host.' }),
    schoolId: z.string().optional().meta({ description: 'Absent if it is about a source or about staff.' }),
    figures: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .meta({ description: 'What the event is about in figures and codes. Never personal data.' }),
  })
  .meta({ id: 'Notification' })
export type Notification = z.output<typeof notification>

/** Staff, or the school or source that has the ID now. */
export const staffHolderName = 'operator'
export function toSchoolHolderName(schoolOwner: string): string {
  return `school#${schoolOwner}`
}
export function toSourceHolderName(sourceOwner: string): string {
  return `source#${sourceOwner}`
}
