import * as z from 'zod'
import { generation } from '../../domain/catalog/generation.ts'
import { addDays } from '../../domain/time.ts'
import type { Engine } from '../engine/engine.ts'
import { toEpochSeconds } from '../engine/expiry.ts'
import { inboundFetchEntry, inboundFetchesPartition } from '../index-keys.ts'
import { inboundFetchKey, type Table } from '../keys.ts'
import { toItem } from '../rows.ts'

const fetchRow = z.object({
  inboundId: z.string(),
  sourceId: z.string(),
  sourceGeneration: generation,
  vendorLeadId: z.string(),
  formId: z.string(),
  at: z.string(),
  /** Of the consent text that the form had when the lead came; absent if the form was not known. */
  textDigest: z.string().optional(),
  failures: z.int(),
  dueSk: z.string(),
})
export type InboundFetch = z.output<typeof fetchRow>
export type LeasedFetch = InboundFetch & { leaseToken: string }
export type InboundFetchStore = ReturnType<typeof inboundFetchStore>

/** Longer than Meta repeats a webhook, which is 36 hours. */
const retentionDays = 30

/** The outbox of leads that are still to be read from their vendor. One that was read stays, without its due entry, so that a repeat is known. */
export function inboundFetchStore(engine: Engine<Table>) {
  return {
    /** Queues a lead once. It holds the ID of the lead and no personal data. */
    async enqueueOnce({ inboundId, ...fetch }: Omit<InboundFetch, 'failures' | 'dueSk'>): Promise<void> {
      const row = {
        ...inboundFetchKey(inboundId),
        inboundId,
        ...toItem(fetch),
        failures: 0,
        expiresAt: toEpochSeconds(new Date(addDays(fetch.at, retentionDays))),
        ...inboundFetchEntry(inboundId, fetch.at),
      }
      await engine.transact([{ in: 'leads', put: row, when: { exists: false } }])
    },

    /** Those that are due, oldest first. */
    async listDue(now: string, limit: number): Promise<InboundFetch[]> {
      const sk = { to: `${now}#~` }
      const { items } = await engine.query({ in: 'leads', index: 'due', pk: inboundFetchesPartition, sk, limit })
      const rows = await Promise.all(
        items.map((item) => engine.get({ in: 'leads', key: { pk: item.pk, sk: item.sk } })),
      )
      // Another worker may have leased one since the index was read: then it is not due any more.
      return rows
        .flatMap((row) => (row && 'dueSk' in row ? fetchRow.parse(row) : []))
        .filter(({ dueSk }) => dueSk <= sk.to)
    },

    /** Leases a due one until `until`. Undefined if another worker has it. */
    async lease(fetch: InboundFetch, lease: { token: string; until: string }): Promise<LeasedFetch | undefined> {
      const { done } = await engine.transact([
        {
          in: 'leads',
          change: inboundFetchKey(fetch.inboundId),
          set: { leaseToken: lease.token, ...inboundFetchEntry(fetch.inboundId, lease.until) },
          when: { attribute: 'dueSk', is: 'equal', value: fetch.dueSk },
          unique: 'leaseToken',
        },
      ])
      return done ? { ...fetch, leaseToken: lease.token } : undefined
    },

    /** Ends a lease: it is read again, or never without `next`. Nothing happens if the lease was lost. */
    async settle(
      { leaseToken, inboundId }: LeasedFetch,
      next: { dueAt: string; failures: number } | undefined,
    ): Promise<void> {
      const when = { attribute: 'leaseToken', is: 'equal', value: leaseToken } as const
      const change = inboundFetchKey(inboundId)
      await engine.transact([
        next
          ? {
              in: 'leads',
              change,
              set: { failures: next.failures, ...inboundFetchEntry(inboundId, next.dueAt) },
              remove: ['leaseToken'],
              when,
            }
          : { in: 'leads', change, remove: ['leaseToken', 'duePk', 'dueSk'], when },
      ])
    },
  }
}
