import * as z from 'zod'
import { type Notification, notification } from '../../domain/reporting/notifications/notification.ts'
import { addDays } from '../../domain/time.ts'
import type { Cursor, Engine, Write } from '../engine/engine.ts'
import { toEpochSeconds } from '../engine/expiry.ts'
import { notificationEntry, notificationsPartition } from '../index-keys.ts'
import { notificationKey, notifiedKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { toItem, toRowSchema } from '../rows.ts'

/** `now`: to those who are told at once, then `daily`: to those who get one email a day. */
const stage = z.enum(['now', 'daily'])
export type NotificationStage = z.output<typeof stage>
const waitingRow = z.object({
  pk: z.string(),
  sk: z.string(),
  ...notification.shape,
  holderName: z.string(),
  stage,
  failures: z.int(),
  /** People who have it, by ID. */
  sentTo: z.array(z.string()),
  dueSk: z.string(),
})
export type WaitingNotification = z.output<typeof waitingRow>
export type LeasedNotification = WaitingNotification & { leaseToken: string }
/** That people were told of a condition. `episode`: which of its kind, such as the window of a cap. */
export type NotifiedCondition = { condition: string; episode: string; at: string }

const retentionDays = 90

/** Adds a notification to the list of a holder and queues its emails: part of the transaction of its cause. */
export function buildNotificationWrite(holderName: string, content: Notification): Write<Table> {
  const { at, notificationId } = content
  const key = notificationKey(holderName, `${at}#${notificationId}`)
  const row = {
    ...key,
    ...toItem(content),
    ...{ holderName, stage: 'now', failures: 0, sentTo: [] },
    expiresAt: toEpochSeconds(new Date(addDays(at, retentionDays))),
    ...notificationEntry(key, at),
  }
  return { in: 'leads', put: row }
}

/** The notifications of staff and of each school: a list for pages, and the outbox of their emails. */
export function notificationStore(engine: Engine<Table>) {
  return {
    /** Latest first. */
    async list(holderName: string, page: { limit: number; after?: Cursor }) {
      const { pk } = notificationKey(holderName, '')
      const { items, next } = await engine.query({ in: 'leads', pk, order: 'descending', ...page })
      return { notifications: items.map((row) => listedRow.parse(row)), ...(next && { next }) }
    },

    /** Of which conditions of a school people were told. */
    async listConditions(schoolOwner: string): Promise<NotifiedCondition[]> {
      const rows = await queryAll(engine, { in: 'leads', pk: notifiedKey(schoolOwner, '').pk, limit: 500 })
      return rows.map(({ sk, ...row }) => ({ condition: sk, ...conditionRow.parse(row) }))
    },

    /** Returns false if another run was first, so that people are told once. `earlier`: the mark that was read. */
    async raise(
      schoolOwner: string,
      { condition, episode, at }: NotifiedCondition,
      earlier: NotifiedCondition | undefined,
      notifications: readonly Write<Table>[],
    ): Promise<boolean> {
      const { done } = await engine.transact([
        {
          in: 'leads',
          put: {
            ...notifiedKey(schoolOwner, condition),
            ...{ episode, at },
            expiresAt: toEpochSeconds(new Date(addDays(at, markDays))),
          },
          when: earlier ? { attribute: 'at', is: 'equal', value: earlier.at } : { exists: false },
        },
        ...notifications,
      ])
      return done
    },

    /** The condition is over: the next one is told of again. */
    async clear(schoolOwner: string, { condition, at }: NotifiedCondition): Promise<void> {
      const when = { attribute: 'at', is: 'equal', value: at } as const
      await engine.transact([{ in: 'leads', delete: notifiedKey(schoolOwner, condition), when }])
    },

    /** Adds a notification that is about no school. */
    async add(holderName: string, content: Notification): Promise<void> {
      await engine.transact([buildNotificationWrite(holderName, content)])
    },

    /** Notifications whose emails are due, oldest first. */
    async listDue(now: string, limit: number): Promise<WaitingNotification[]> {
      const sk = { to: `${now}#~` }
      const { items } = await engine.query({ in: 'leads', index: 'due', pk: notificationsPartition, sk, limit })
      const rows = await Promise.all(items.map(({ pk, sk: at }) => engine.get({ in: 'leads', key: { pk, sk: at } })))
      // Another sender may have leased one since the index was read: then it is not due any more.
      return rows.flatMap((row) => waitingRow.safeParse(row).data ?? []).filter(({ dueSk }) => dueSk <= sk.to)
    },

    /** Leases a due notification until `until`. Undefined if another sender has it. */
    async lease(
      waiting: WaitingNotification,
      lease: { token: string; until: string },
    ): Promise<LeasedNotification | undefined> {
      const { pk, sk, dueSk } = waiting
      const { done } = await engine.transact([
        {
          in: 'leads',
          change: { pk, sk },
          set: { leaseToken: lease.token, ...notificationEntry({ pk, sk }, lease.until) },
          when: { attribute: 'dueSk', is: 'equal', value: dueSk },
          unique: 'leaseToken',
        },
      ])
      return done ? { ...waiting, leaseToken: lease.token } : undefined
    },

    /** Ends a lease: what is left is sent at `next.dueAt`, or nothing is. Nothing happens if the lease was lost. */
    async settle(
      { pk, sk, leaseToken }: LeasedNotification,
      sentTo: readonly string[],
      next: { dueAt: string; stage: NotificationStage; failures: number } | undefined,
    ): Promise<void> {
      const change = { pk, sk }
      const when = { attribute: 'leaseToken', is: 'equal', value: leaseToken } as const
      await engine.transact([
        next
          ? {
              ...{ in: 'leads', change, when },
              set: {
                ...{ stage: next.stage, failures: next.failures, sentTo: [...sentTo] },
                ...notificationEntry(change, next.dueAt),
              },
              remove: ['leaseToken'],
            }
          : { in: 'leads', change, set: { sentTo: [...sentTo] }, remove: ['leaseToken', 'duePk', 'dueSk'], when },
      ])
    },
  }
}

/** Longer than any cap window but that of a total cap. */
const markDays = 400
const listedRow = toRowSchema(notification)
const conditionRow = z.object({ episode: z.string(), at: z.string() })
