import * as z from 'zod'
import { type VisitorMessageKind, visitorMessageKinds } from '../../domain/aftercare/visitor-message.ts'
import { addDays } from '../../domain/time.ts'
import type { Engine, Write } from '../engine/engine.ts'
import { toEpochSeconds } from '../engine/expiry.ts'
import { visitorMessageEntry, visitorMessagesPartition } from '../index-keys.ts'
import { type Table, visitorMessageKey } from '../keys.ts'

export type VisitorMessageStore = ReturnType<typeof visitorMessageStore>
export type VisitorMessage = { leadId: string; kind: VisitorMessageKind; attempts: number; dueSk: string }
export type LeasedMessage = VisitorMessage & { leaseToken: string }

const retentionDays = 7

/** Queues a message: part of the transaction of its cause. It holds no personal data, which its sender reads from the lead. */
export function buildVisitorMessageWrite(leadId: string, kind: VisitorMessageKind, at: string): Write<Table> {
  const row = {
    ...visitorMessageKey(leadId, kind),
    leadId,
    kind,
    attempts: 0,
    expiresAt: toEpochSeconds(new Date(addDays(at, retentionDays))),
    ...visitorMessageEntry({ leadId, kind }, at),
  }
  return { in: 'leads', put: row }
}

/** The outbox of emails to visitors. A message is sent by who holds its lease, at least once, and then removed. */
export function visitorMessageStore(engine: Engine<Table>) {
  return {
    /** Queues a message unless one of its kind waits for the same lead already. */
    async enqueue(leadId: string, kind: VisitorMessageKind, at: string): Promise<void> {
      const write = buildVisitorMessageWrite(leadId, kind, at)
      await engine.transact([{ ...write, when: { exists: false } }])
    },

    /** Messages that are due, oldest first. */
    async listDue(now: string, limit: number): Promise<VisitorMessage[]> {
      const sk = { to: `${now}#~` }
      const query = { in: 'leads', index: 'due', pk: visitorMessagesPartition, sk, limit } as const
      const { items } = await engine.query(query)
      const rows = await Promise.all(
        items.map(({ pk, sk: kind }) => engine.get({ in: 'leads', key: { pk, sk: kind } })),
      )
      // Another sender may have leased a message since the index was read: then it is not due any more.
      return rows.flatMap((row) => (row ? messageRow.parse(row) : [])).filter(({ dueSk }) => dueSk <= sk.to)
    },

    /** Leases a due message until `until`. Undefined if another sender has it. */
    async lease(message: VisitorMessage, lease: { token: string; until: string }): Promise<LeasedMessage | undefined> {
      const { leadId, kind, dueSk } = message
      const { done } = await engine.transact([
        {
          in: 'leads',
          change: visitorMessageKey(leadId, kind),
          set: { leaseToken: lease.token, ...visitorMessageEntry(message, lease.until) },
          add: { attempts: 1 },
          when: { attribute: 'dueSk', is: 'equal', value: dueSk },
          unique: 'leaseToken',
        },
      ])
      return done ? { ...message, attempts: message.attempts + 1, leaseToken: lease.token } : undefined
    },

    /** Ends a lease: the message is tried again at `dueAt`, or removed without it. Nothing happens if the lease was lost. */
    async settle({ leaseToken, ...message }: LeasedMessage, dueAt: string | undefined): Promise<void> {
      const { leadId, kind } = message
      const when = { attribute: 'leaseToken', is: 'equal', value: leaseToken } as const
      const key = visitorMessageKey(leadId, kind)
      await engine.transact([
        dueAt === undefined
          ? { in: 'leads', delete: key, when }
          : { in: 'leads', change: key, set: visitorMessageEntry(message, dueAt), remove: ['leaseToken'], when },
      ])
    },
  }
}

const messageRow = z.object({
  leadId: z.string(),
  kind: z.enum(visitorMessageKinds),
  attempts: z.int(),
  dueSk: z.string(),
})
