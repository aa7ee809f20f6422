import * as z from 'zod'
import { type LeadWithdrawal, leadWithdrawal, type Withdrawal, withdrawal } from '../../domain/aftercare/withdrawal.ts'
import { lead } from '../../domain/capture/lead.ts'
import { toSchoolOwner } from '../../domain/delivery/binding.ts'
import type { Delivery } from '../../domain/delivery/delivery.ts'
import { buildMarkerReleases } from '../capture/dedupe-markers.ts'
import { releaseReservationWrite } from '../capture/lead-writes.ts'
import { buildDeliveryWrites } from '../delivery/build-delivery-write.ts'
import { type StoredDelivery, waitingAttributes } from '../delivery/delivery-row.ts'
import type { Condition, Cursor, Engine, Item, Row, Write } from '../engine/engine.ts'
import { ifSameVersion } from '../if-unchanged.ts'
import { withdrawalsPartition } from '../index-keys.ts'
import {
  deliveryKey,
  leadKey,
  leadWithdrawalKey,
  personKey,
  type Table,
  withdrawalKey,
  withdrawalLeadKey,
  withdrawalNoticeKey,
} from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { markRecountWrites } from '../reporting/recount-marks.ts'
import { retryOnConflict } from '../retry-on-conflict.ts'
import { toItem, toRowSchema } from '../rows.ts'

export type WithdrawalStore = ReturnType<typeof withdrawalStore>
/** `isHashed`: whether only the SHA-256 of the email or phone is known. */
export type NewWithdrawal = Omit<Withdrawal, 'state' | 'leads'> & { people: readonly string[]; isHashed: boolean }
type WithdrawnDelivery = {
  withdrawal: LeadWithdrawal
  at: string
  notification: { notice: Delivery; body: string } | undefined
  personDigests: readonly string[]
}
/** Of a withdrawal that is not limited to one school: where its source looks for duplicates. */
type WholeLead = { sourceScope: string; personDigests: readonly string[] }

/**
 * Withdrawals of consent: the record is written first, and every further step is idempotent, so that the worker finishes
 * what a crash interrupted.
 */
export function withdrawalStore(engine: Engine<Table>) {
  const find = async (withdrawalId: string): Promise<StoredWithdrawal | undefined> => {
    const row = await engine.get({ in: 'leads', key: withdrawalKey(withdrawalId) })
    return row && storedWithdrawal.parse(row)
  }

  return {
    find,

    /** The leads of a person by the HMACs of email and phone. */
    async listLeadIds(people: readonly string[]): Promise<string[]> {
      const pages = people.map((hmac) => queryAll(engine, { in: 'leads', pk: personKey(hmac, '').pk, limit: 100 }))
      return [...new Set((await Promise.all(pages)).flat().map(({ sk }) => sk))]
    },

    /** IDs of the withdrawals that the worker must look at now, oldest first. */
    async listDue(now: string): Promise<string[]> {
      const query = { in: 'leads', index: 'due', pk: withdrawalsPartition, sk: { to: `${now}#~` } } as const
      const { items } = await engine.query({ ...query, limit: maxPerRun })
      return items.map(({ pk }) => parseWithdrawalId(pk))
    },

    /** All withdrawals, latest first. */
    async list(page: { limit: number; after?: Cursor }) {
      const query = { in: 'leads', index: 'timeline', pk: withdrawalsPartition, order: 'descending', ...page } as const
      const { items, next } = await engine.query(query)
      const rows = await Promise.all(items.map(({ pk }) => find(parseWithdrawalId(pk))))
      return { withdrawals: rows.flatMap((one) => one ?? []), ...(next && { next }) }
    },

    /** IDs of the notices to schools, which are deliveries. */
    async listNoticeIds(withdrawalId: string): Promise<string[]> {
      const { pk, sk } = withdrawalNoticeKey(withdrawalId, '')
      const rows = await queryAll(engine, { in: 'leads', pk, sk: { prefix: sk }, limit: 100 })
      return rows.map((row) => row.sk.slice(sk.length))
    },

    /**
     * Records a withdrawal on a lead. If it is of the whole lead, the lead is marked and no longer offered, in one write
     * that fails if an offer is made at the same time. Returns false if the lead is erased or unknown.
     */
    async markLead(leadId: string, entry: LeadWithdrawal, wholeLead: WholeLead | undefined): Promise<boolean> {
      const outcome = await retryOnConflict(maxAttempts, async () => {
        const row = await engine.get({ in: 'leads', key: leadKey(leadId) })
        if (!row || 'erasedAt' in row) return 'absent'
        const { offerAt, withdrawnAt } = leadRow.parse(row)
        const marks = wholeLead && (withdrawnAt === undefined || offerAt !== undefined)
        const { done } = await engine.transact([
          marks
            ? {
                in: 'leads',
                change: leadKey(leadId),
                set: { withdrawnAt: withdrawnAt ?? entry.at },
                ...(offerAt !== undefined && { remove: ['offerAt', 'duePk', 'dueSk'] }),
                when: ifOfferUnchanged(offerAt),
              }
            : { in: 'leads', check: leadKey(leadId), when: { attribute: 'erasedAt', is: 'absent' } },
          { in: 'leads', put: { ...leadWithdrawalKey(leadId, entry.at, entry.withdrawalId), ...toItem(entry) } },
          { in: 'leads', put: { ...withdrawalLeadKey(entry.withdrawalId, leadId), leadId } },
          ...(wholeLead
            ? await buildMarkerReleases(engine, leadId, { ...wholeLead, scope: wholeLead.sourceScope })
            : []),
        ])
        return done ? 'marked' : 'conflict'
      })
      if (outcome === 'conflict') throw new Error('The lead kept changing; the next run continues its withdrawal.')
      return outcome === 'marked'
    },

    /**
     * Marks a delivery, ends it if it waits, and adds the notice to its school, if there is one, in one transaction.
     * A delivery that the school never accepted releases its cap reservations. Its dedupe markers are released, so that the
     * school can get the lead of a later consent. Returns false if it changed meanwhile.
     */
    async withdrawDelivery(
      delivery: StoredDelivery,
      { withdrawal: entry, at, notification, personDigests }: WithdrawnDelivery,
    ): Promise<boolean> {
      const { deliveryId, leadId, state, deliveredAt } = delivery
      const isWaiting = state === 'pending' || state === 'parked'
      const end: { set: Item; remove: readonly string[] } = isWaiting
        ? {
            set: { state: deliveredAt === undefined ? 'dead' : 'delivered', settledAt: at },
            remove: [...waitingAttributes, 'failingSince'],
          }
        : { set: {}, remove: [] }
      const { done } = await engine.transact([
        {
          in: 'leads',
          change: deliveryKey(deliveryId),
          set: { ...end.set, withdrawnAt: entry.at },
          ...(end.remove.length > 0 && { remove: end.remove }),
          when: { all: [ifSameVersion(delivery), { attribute: 'withdrawnAt', is: 'absent' }] },
        },
        ...(notification ? buildNoticeWrites(entry.withdrawalId, deliveryId, notification) : []),
        ...(isWaiting && deliveredAt === undefined ? delivery.taken.map(releaseReservationWrite) : []),
        ...(await buildMarkerReleases(engine, leadId, { scope: toSchoolOwner(delivery), personDigests })),
        ...markRecountWrites({ leadId, leadReceivedAt: delivery.leadReceivedAt, at }),
      ])
      return done
    },

    /** Ends a pass. `nextLook`: when the worker looks at it again; absent: never. HMACs of the person stay until `keepsPeople` is false. */
    async endPass(
      {
        withdrawalId,
        ...pass
      }: { withdrawalId: string; endedAt: string; nextLook?: string | undefined; keepsPeople: boolean },
      fields: Pick<Withdrawal, 'alertedAt' | 'overdueAt'>,
    ): Promise<void> {
      const leadRows = await queryAll(engine, {
        in: 'leads',
        pk: withdrawalKey(withdrawalId).pk,
        sk: { prefix: withdrawalLeadKey(withdrawalId, '').sk },
        limit: 100,
      })
      const next = pass.nextLook === undefined ? {} : { dueSk: `${pass.nextLook}#${withdrawalId}` }
      const set = { state: 'done', endedAt: pass.endedAt, leads: leadRows.length, ...toItem(fields), ...next }
      const remove = [
        ...(pass.keepsPeople ? [] : ['people']),
        ...(pass.nextLook === undefined ? ['duePk', 'dueSk'] : []),
      ]
      await engine.transact([
        {
          in: 'leads',
          change: withdrawalKey(withdrawalId),
          set,
          ...(remove.length > 0 && { remove }),
          when: { exists: true },
        },
      ])
    },
  }
}

/** The record of a withdrawal, due at once: it is written in one transaction with its suppression. */
export function buildWithdrawalWrite({ people, ...record }: NewWithdrawal): Write<Table> {
  const entry = `${record.at}#${record.withdrawalId}`
  const index = { duePk: withdrawalsPartition, dueSk: entry, timelinePk: withdrawalsPartition, timelineSk: entry }
  const item = toItem({ ...record, state: 'running', leads: 0, people })
  return { in: 'leads', put: { ...withdrawalKey(record.withdrawalId), ...item, ...index }, when: { exists: false } }
}

/** Finds the withdrawals among the rows of a lead, oldest first. */
export function parseLeadWithdrawals(rows: readonly Row[]): LeadWithdrawal[] {
  return rows.filter(({ sk }) => sk.startsWith('WITHDRAWN#')).map((row) => leadWithdrawalRow.parse(row))
}

function buildNoticeWrites(
  withdrawalId: string,
  deliveryId: string,
  { notice, body }: NonNullable<WithdrawnDelivery['notification']>,
): Write<Table>[] {
  const noticeRow = { ...withdrawalNoticeKey(withdrawalId, notice.deliveryId), deliveryId }
  return [...buildDeliveryWrites(notice, body), { in: 'leads', put: noticeRow }]
}

/** An offer changes `offerAt`, so a concurrent offer makes the write fail. */
function ifOfferUnchanged(offerAt: string | undefined): Condition {
  return {
    all: [
      { exists: true },
      { attribute: 'erasedAt', is: 'absent' },
      offerAt === undefined
        ? { attribute: 'offerAt', is: 'absent' }
        : { attribute: 'offerAt', is: 'equal', value: offerAt },
    ],
  }
}

const maxAttempts = 20
// The next run of the worker continues with the rest.
const maxPerRun = 50

function parseWithdrawalId(pk: string): string {
  return pk.slice(withdrawalKey('').pk.length)
}

const leadRow = toRowSchema(lead).pick({ withdrawnAt: true }).extend({ offerAt: z.string().optional() })
const leadWithdrawalRow = toRowSchema(leadWithdrawal)
const storedWithdrawal = toRowSchema(withdrawal).extend({
  people: z.array(z.string()).optional(),
  isHashed: z.boolean().default(false),
})
/** `people`: the HMACs by which its person is found, until the second pass. */
export type StoredWithdrawal = z.output<typeof storedWithdrawal>
