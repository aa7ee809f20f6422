import * as z from 'zod'
import { type Generation, generation } from '../../domain/catalog/generation.ts'
import { addDays } from '../../domain/time.ts'
import type { Engine, Write } from '../engine/engine.ts'
import { toEpochSeconds } from '../engine/expiry.ts'
import { postbackEntry, postbacksPartition } from '../index-keys.ts'
import { postbackKey, type Table } from '../keys.ts'

/** `decided`: the sender reads whether the lead was accepted or rejected. */
export const postbackCauses = ['decided', 'returned', 'outcome'] as const
const postbackRow = z.object({
  leadId: z.string(),
  cause: z.enum(postbackCauses),
  at: z.string(),
  sourceId: z.string(),
  sourceGeneration: generation,
  /** Of a return or an outcome. */
  deliveryId: z.string().optional(),
  disposition: z.string().optional(),
  failures: z.int(),
  dueSk: z.string(),
  sk: z.string(),
})
export type Postback = z.output<typeof postbackRow>
export type LeasedPostback = Postback & { leaseToken: string }
export type NewPostback = Pick<Postback, 'leadId' | 'cause' | 'at' | 'sourceId' | 'deliveryId' | 'disposition'> & {
  sourceGeneration?: Generation
}
export type PostbackStore = ReturnType<typeof postbackStore>

const retentionDays = 30

/** Queues a postback: part of the transaction of its cause. It holds no personal data, and its sender reads the rest. */
export function buildPostbackWrite(postback: NewPostback): Write<Table> {
  const { leadId, cause, at, deliveryId = '', disposition = '' } = postback
  const name = [cause, at, deliveryId, disposition].filter((part) => part !== '').join('#')
  const fields = Object.fromEntries(Object.entries(postback).filter(([, value]) => value !== undefined))
  const row = {
    ...postbackKey(leadId, name),
    ...fields,
    failures: 0,
    expiresAt: toEpochSeconds(new Date(addDays(at, retentionDays))),
    ...postbackEntry({ leadId, name }, at),
  }
  return { in: 'leads', put: row }
}

/** The outbox of postbacks. One is sent by who holds its lease, at least once, and then removed. */
export function postbackStore(engine: Engine<Table>) {
  return {
    /** Postbacks that are due, oldest first. */
    async listDue(now: string, limit: number): Promise<Postback[]> {
      const sk = { to: `${now}#~` }
      const { items } = await engine.query({ in: 'leads', index: 'due', pk: postbacksPartition, sk, limit })
      const rows = await Promise.all(
        items.map(({ pk, sk: name }) => engine.get({ in: 'leads', key: { pk, sk: name } })),
      )
      // Another sender may have leased one since the index was read: then it is not due any more.
      return rows.flatMap((row) => (row ? postbackRow.parse(row) : [])).filter(({ dueSk }) => dueSk <= sk.to)
    },

    /** Leases a due postback until `until`. Undefined if another sender has it. */
    async lease(postback: Postback, lease: { token: string; until: string }): Promise<LeasedPostback | undefined> {
      const { leadId, sk: name, dueSk } = postback
      const { done } = await engine.transact([
        {
          in: 'leads',
          change: postbackKey(leadId, name),
          set: { leaseToken: lease.token, ...postbackEntry({ leadId, name }, lease.until) },
          when: { attribute: 'dueSk', is: 'equal', value: dueSk },
          unique: 'leaseToken',
        },
      ])
      return done ? { ...postback, leaseToken: lease.token } : undefined
    },

    /** Ends a lease: the postback is tried again, or removed without `next`. Nothing happens if the lease was lost. */
    async settle(
      { leaseToken, leadId, sk: name }: LeasedPostback,
      next: { dueAt: string; failures: number } | undefined,
    ): Promise<void> {
      const when = { attribute: 'leaseToken', is: 'equal', value: leaseToken } as const
      const key = postbackKey(leadId, name)
      const set = next && { failures: next.failures, ...postbackEntry({ leadId, name }, next.dueAt) }
      await engine.transact([
        set ? { in: 'leads', change: key, set, remove: ['leaseToken'], when } : { in: 'leads', delete: key, when },
      ])
    },
  }
}
