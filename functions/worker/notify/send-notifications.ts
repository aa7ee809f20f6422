import * as z from 'zod'
import type { AccessPerson, PersonHolder } from '#shared/domain/access/access-person.ts'
import { isSameGeneration, parseOwnerName } from '#shared/domain/catalog/generation.ts'
import { notificationSecretContext } from '#shared/domain/catalog/school.ts'
import { findTiming, staffHolderName } from '#shared/domain/reporting/notifications/notification.ts'
import {
  computeNextNotificationAttempt,
  findNextDigest,
} from '#shared/domain/reporting/notifications/notification-schedule.ts'
import { addSeconds } from '#shared/domain/time.ts'
import { buildNotificationEmail } from '#shared/outbound/email/build-notification-email.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { getTimeBudgetSeconds } from '#shared/platform/workers.ts'
import type { PersonRow } from '#shared/store/access/people-rows.ts'
import type { Cursor } from '#shared/store/engine/engine.ts'
import type { LeasedNotification } from '#shared/store/reporting/notifications.ts'
import { type NotificationWebhook, postNotification } from './post-notification.ts'

export type SendNotificationsDependencies = Pick<
  Dependencies,
  | 'notifications'
  | 'people'
  | 'records'
  | 'mail'
  | 'postWebhook'
  | 'sealer'
  | 'publicUrl'
  | 'newId'
  | 'now'
  | 'log'
  | 'attemptTimes'
>
type Holder = { holder: PersonHolder; timeZone: string; name: string | undefined; webhook?: NotificationWebhook }

const maxPerRun = 200
/** In `sentTo`, beside the IDs of people. */
const webhookTarget = 'webhook'
/** Staff are in several zones. */
const staffTimeZone = 'America/New_York'

/**
 * Emails the notifications that are due: what is due for one person at one time is one email. A lease decides who sends it, and each
 * notification records who has it, so that a failure is repeated only for those who do not.
 */
export async function sendNotifications(deps: SendNotificationsDependencies): Promise<void> {
  const { notifications, now, newId, attemptTimes } = deps
  const startedAt = now().toISOString()
  const deadline = addSeconds(startedAt, getTimeBudgetSeconds('notify'))
  const leases: LeasedNotification[] = []
  for (const waiting of await notifications.listDue(startedAt, maxPerRun)) {
    const until = addSeconds(deadline, attemptTimes.leaseSeconds)
    const lease = await notifications.lease(waiting, { token: newId('attempt'), until })
    if (lease) leases.push(lease)
  }
  const groups = Map.groupBy(leases, ({ holderName, stage }) => `${stage} ${holderName}`)
  for (const group of groups.values()) {
    if (now().toISOString() >= deadline) return // The leases end, and the next run sends the rest.
    await sendGroup(group, deps)
  }
}

/** All of one holder, and of one stage. */
async function sendGroup(group: readonly LeasedNotification[], deps: SendNotificationsDependencies): Promise<void> {
  const holder = await findHolder(group[0]?.holderName ?? '', deps)
  const rows = holder ? await listPeople(holder.holder, deps) : []
  const failed = new Set<LeasedNotification>()
  const sentTo = new Map(group.map((one) => [one, [...one.sentTo]]))
  const emails = new Map(group.map((one) => [one, 0]))
  for (const row of rows) {
    const personal = group.filter((one) => canReceive(one, row))
    if (!holder || personal.length === 0) continue
    const isSent = await sendEmail(row.person, personal, holder, deps)
    for (const one of personal) {
      if (!isSent) failed.add(one)
      else {
        sentTo.get(one)?.push(row.person.personId)
        emails.set(one, (emails.get(one) ?? 0) + 1)
      }
    }
  }
  const { webhook } = holder ?? {}
  for (const one of group) {
    if (!webhook || one.stage !== 'now' || one.sentTo.includes(webhookTarget)) continue
    if (await postNotification(one, webhook, deps)) sentTo.get(one)?.push(webhookTarget)
    else failed.add(one)
  }
  for (const one of group) {
    const at = deps.now().toISOString()
    const hasFailed = failed.has(one)
    const retry = hasFailed ? planRetry(one, at) : undefined
    const hasDigestReaders = rows.some((row) => findRowTiming(one, row) === 'daily')
    const digest = holder && hasDigestReaders ? planDigest(one, holder, at) : undefined
    await deps.notifications.settle(one, sentTo.get(one) ?? [], retry ?? digest)
    const outcome = hasFailed ? (retry ? 'failed' : 'dropped') : 'sent'
    const { notificationId, event } = one
    deps.log('notification.sent', { notificationId, event, emails: emails.get(one) ?? 0, outcome })
  }
}

/** Undefined after the last attempt. */
function planRetry({ stage, failures }: LeasedNotification, at: string) {
  const dueAt = computeNextNotificationAttempt(failures + 1, at)
  return dueAt === undefined ? undefined : { dueAt, stage, failures: failures + 1 }
}

/** Those who get one email a day have it after those who are told at once. */
function planDigest({ stage }: LeasedNotification, { timeZone }: Holder, at: string) {
  return stage === 'now' ? { dueAt: findNextDigest(at, timeZone), stage: 'daily' as const, failures: 0 } : undefined
}

function findRowTiming({ event }: LeasedNotification, { person, notifications }: PersonRow) {
  return findTiming(event, person, notifications)
}

function canReceive(one: LeasedNotification, row: PersonRow): boolean {
  const { personId, status } = row.person
  const timing = one.stage === 'now' ? 'at-once' : 'daily'
  return status === 'active' && !one.sentTo.includes(personId) && findRowTiming(one, row) === timing
}

/** Undefined if the school or source was deleted, or another one has its ID. */
async function findHolder(
  holderName: string,
  { records, sealer }: Pick<Dependencies, 'records' | 'sealer'>,
): Promise<Holder | undefined> {
  if (holderName === staffHolderName)
    return { holder: { caller: 'operator' }, timeZone: staffTimeZone, name: undefined }
  const [caller = '', owner = ''] = holderName.split('#')
  const { id, generation } = parseOwnerName(owner)
  const kind = caller === 'school' ? 'schools' : 'sources'
  const record = await records.get(kind, id)
  if (!record || !isSameGeneration(record.generation, generation)) return undefined
  const holder: PersonHolder =
    kind === 'schools' ? { caller: 'school', schoolId: id } : { caller: 'source', sourceId: id }
  const { notificationWebhook: url, sealed, ...place } = namedPlace.parse(record.body)
  if (url === undefined || sealed?.notification === undefined) return { holder, ...place }
  return { holder, ...place, webhook: { url, secret: sealer.open(notificationSecretContext(id), sealed.notification) } }
}

const namedPlace = z.object({
  name: z.string(),
  timeZone: z.string().default('UTC'),
  /** Only schools have one. */
  notificationWebhook: z.string().optional(),
  sealed: z.object({ notification: z.string().optional() }).optional(),
})

async function listPeople(holder: PersonHolder, { people }: Pick<Dependencies, 'people'>): Promise<PersonRow[]> {
  const rows: PersonRow[] = []
  let after: Cursor | undefined
  do {
    const page = await people.list(holder, { limit: 100, ...(after && { after }) })
    rows.push(...page.rows)
    after = page.next
  } while (after)
  return rows
}

async function sendEmail(
  { email, holder }: AccessPerson,
  personal: readonly LeasedNotification[],
  { name }: Holder,
  { mail, newId, publicUrl }: SendNotificationsDependencies,
): Promise<boolean> {
  const message = await buildNotificationEmail({
    ...{ to: email, emailId: newId('email'), holder, holderName: name, publicUrl },
    notifications: personal,
  })
  try {
    const result = await mail(message)
    return !('fault' in result) || result.fault.mayHaveArrived
  } catch {
    // Nothing of the error is logged, because its message may quote the address.
    return false
  }
}
