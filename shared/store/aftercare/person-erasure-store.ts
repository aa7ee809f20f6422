import * as z from 'zod'
import type { Consent } from '../../domain/capture/consent.ts'
import type { Contact } from '../../domain/capture/contact.ts'
import { erasedLead, type Lead, lead } from '../../domain/capture/lead.ts'
import { type Delivery, mayHaveReachedSchool } from '../../domain/delivery/delivery.ts'
import type { PersonDigests } from '../../domain/routing/duplicates.ts'
import { toDay } from '../../domain/time.ts'
import { consentRow } from '../capture/consent-row.ts'
import { buildMarkerErasure, ifLead } from '../capture/dedupe-markers.ts'
import { releaseReservationWrite } from '../capture/lead-writes.ts'
import { buildDeliveryWrites } from '../delivery/build-delivery-write.ts'
import { buildContentRow, type StoredDelivery, waitingAttributes } from '../delivery/delivery-row.ts'
import type { Condition, Engine, Write } from '../engine/engine.ts'
import { ifUnchanged } from '../if-unchanged.ts'
import { leadsPartition } from '../index-keys.ts'
import {
  consentKey,
  dedupeMarkerKey,
  deliveryKey,
  erasureKey,
  leadKey,
  noticeKey,
  personKey,
  suppressionHistoryKey,
  suppressionRecordKey,
  type Table,
  withdrawalKey,
} from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { markRecountWrites } from '../reporting/recount-marks.ts'
import { retryOnConflict } from '../retry-on-conflict.ts'
import { toItem, toRowSchema } from '../rows.ts'
import { stripRows } from './strip-rows.ts'
import { historyRow, recordRow } from './suppression-rows.ts'

export type PersonErasureStore = ReturnType<typeof personErasureStore>
/** `stored`: the digests under which rows of the person may be; the others are those of dedupe markers. */
type ErasedPerson = Required<PersonDigests> & { stored: string[] }
type TombstoneInput = { erasureId: string; at: string; hashPerson: (contact: Contact) => ErasedPerson }
type DeliveryErasure = { erasureId: string; at: string; notification: { notice: Delivery; body: string } | undefined }

/**
 * The steps that erase a lead. Each is idempotent, after a crash as well as concurrently. Rows that reports and
 * reconciliation need stay; their personal data is removed.
 */
export function personErasureStore(engine: Engine<Table>) {
  return {
    /** Finds up to `limit` leads per HMAC. A lead is found until its erasure is finished. */
    async findLeads(people: readonly string[], limit: number): Promise<string[]> {
      const pages = people.map((hmac) => engine.query({ in: 'leads', pk: personKey(hmac, '').pk, limit }))
      return [...new Set((await Promise.all(pages)).flatMap(({ items }) => items.map(({ sk }) => sk)))]
    },

    /** Seals the proof of a consent that was stored without one, while the contact details are still there. */
    async sealProof(leadId: string, seal: (lead: Lead, consent: Consent) => string): Promise<void> {
      const [row, consentItem] = await Promise.all([
        engine.get({ in: 'leads', key: leadKey(leadId) }),
        engine.get({ in: 'leads', key: consentKey(leadId) }),
      ])
      if (!row || 'erasedAt' in row || !consentItem || 'sealed' in consentItem) return
      const sealed = seal(leadRow.parse(row), consentRow.parse(consentItem))
      const when = { all: [{ exists: true }, { attribute: 'sealed', is: 'absent' }] } as const
      await engine.transact([{ in: 'leads', change: consentKey(leadId), set: { sealed }, when }])
    },

    /** Replaces the lead by a tombstone, if it is none yet: it is no longer offered, and its contact details are gone. */
    async writeTombstone(
      leadId: string,
      { erasureId, at, hashPerson }: TombstoneInput,
    ): Promise<Tombstone | undefined> {
      const tombstone = await retryOnConflict(maxAttempts, async () => {
        const row = await engine.get({ in: 'leads', key: leadKey(leadId) })
        if (!row) return undefined
        if ('erasedAt' in row) return tombstoneRow.parse(row)
        const { offerAt, contact, receivedAt, ...rest } = leadRow.parse(row)
        const fields = {
          ...remainingFields.parse({ ...rest, receivedAt }),
          erasureId,
          erasedAt: at,
          people: hashPerson(contact),
        }
        const timeline = { timelinePk: leadsPartition(toDay(receivedAt)), timelineSk: `${receivedAt}#${leadId}` }
        const put = { ...leadKey(leadId), ...toItem(fields), ...timeline }
        // An offer changes `offerAt`, so a concurrent offer makes this write fail.
        const when: Condition = {
          all: [
            { attribute: 'erasedAt', is: 'absent' },
            { attribute: 'outcome', is: 'equal', value: rest.outcome },
            offerAt === undefined
              ? { attribute: 'offerAt', is: 'absent' }
              : { attribute: 'offerAt', is: 'equal', value: offerAt },
          ],
        }
        const { done } = await engine.transact([
          { in: 'leads', put, when },
          ...markRecountWrites({ leadId, leadReceivedAt: receivedAt, at }),
        ])
        return done ? tombstoneRow.parse(put) : 'conflict'
      })
      if (tombstone === 'conflict') throw new Error('The lead kept changing; the next run continues its erasure.')
      return tombstone
    },

    /**
     * Removes the body of a delivery and adds the notice to its school, if there is one, in one transaction. Releases
     * the reservations of a delivery that the school certainly never received. Returns false if the delivery changed
     * in the meantime.
     */
    async eraseDelivery(delivery: StoredDelivery, { erasureId, at, notification }: DeliveryErasure): Promise<boolean> {
      const { deliveryId } = delivery
      const { done } = await engine.transact([
        {
          in: 'leads',
          change: deliveryKey(deliveryId),
          set: { state: 'erased', settledAt: at },
          remove: [...scheduleAttributes, 'body', 'shaped'],
          when: ifUnchanged(delivery, 'erased'),
        },
        { in: 'leads', put: buildContentRow({ ...delivery, body: undefined }) },
        ...(notification ? buildNoticeWrites(erasureId, deliveryId, notification) : []),
        ...buildReleaseWrites(delivery),
        ...markRecountWrites({ leadId: delivery.leadId, leadReceivedAt: delivery.leadReceivedAt, at }),
      ])
      return done
    },

    /** Removes personal data from all other rows of a lead and of its deliveries. */
    strip: (tombstone: Tombstone, deliveryIds: readonly string[]) => stripRows(engine, tombstone, deliveryIds),

    /**
     * Removes the email and phone from a person's suppressions, which stay in effect by their digests, and the reasons that
     * schools, sources and visitors wrote.
     */
    async removeIdentifiers(people: readonly string[]): Promise<void> {
      for (const hmac of people) {
        const { pk, sk: prefix } = suppressionHistoryKey(hmac, '')
        for (const row of await queryAll(engine, { in: 'leads', pk, sk: { prefix }, limit: 100 })) {
          const { suppressionId } = historyRow.parse(row)
          const recordItem = await engine.get({ in: 'leads', key: suppressionRecordKey(suppressionId) })
          if (!recordItem) continue
          const { actor, withdrawalId } = recordRow.parse(recordItem)
          const isOwnText = actor.kind !== 'staff' && actor.kind !== 'system'
          const change = suppressionRecordKey(suppressionId)
          const remove = isOwnText ? ['sealedPlain', 'reason'] : ['sealedPlain']
          await engine.transact([{ in: 'leads', change, remove, when: { exists: true } }])
          if (isOwnText && withdrawalId !== undefined) {
            const withdrawal = withdrawalKey(withdrawalId)
            await engine.transact([{ in: 'leads', change: withdrawal, remove: ['reason'], when: { exists: true } }])
          }
        }
      }
    },

    /** The last step: removes every index from the person to the lead, and counts the lead in its erasure. */
    async finish({ leadId, erasureId, people }: Tombstone, scopes: readonly string[]): Promise<void> {
      if (!people) return
      const digests = [people.email, people.phone, people.both]
      // An earlier edition stored each marker in a row of its own.
      const markerKeys = scopes.flatMap((scope) => digests.map((digest) => dedupeMarkerKey(scope, digest)))
      await Promise.all([
        ...digests.map((digest) => eraseMarkers(leadId, digest)),
        ...markerKeys.map((markerKey) => engine.transact([{ in: 'leads', delete: markerKey, when: ifLead(leadId) }])),
      ])
      const outcome = await engine.transact([
        {
          in: 'leads',
          change: leadKey(leadId),
          remove: ['people', 'offerAt', 'duePk', 'dueSk'],
          when: { attribute: 'people', is: 'present' },
        },
        ...people.stored.map((hmac) => ({ in: 'leads', delete: personKey(hmac, leadId) }) as const),
        { in: 'leads', change: erasureKey(erasureId), add: { leads: 1 } },
      ])
      if (!outcome.done && outcome.refused[0] !== 'condition')
        throw new Error('The erasure of a lead could not be finished; the next run continues.')
    },
  }

  async function eraseMarkers(leadId: string, digest: string): Promise<void> {
    const outcome = await retryOnConflict(maxAttempts, async () => {
      const write = await buildMarkerErasure(engine, leadId, digest)
      return !write || (await engine.transact([write])).done ? 'erased' : 'conflict'
    })
    if (outcome === 'conflict') throw new Error('The markers of a person kept changing; the next run continues.')
  }
}

const maxAttempts = 20
const scheduleAttributes = [...waitingAttributes, 'failingSince'] as const

function buildNoticeWrites(
  erasureId: string,
  deliveryId: string,
  { notice, body }: NonNullable<DeliveryErasure['notification']>,
): Write<Table>[] {
  const noticeRow = { ...noticeKey(erasureId, notice.deliveryId), deliveryId }
  return [...buildDeliveryWrites(notice, body), { in: 'leads', put: noticeRow }]
}

/** A dead delivery has released its reservations already; a delivered one stays sold. */
function buildReleaseWrites(delivery: StoredDelivery): Write<Table>[] {
  const isUnsent = (delivery.state === 'pending' || delivery.state === 'parked') && !mayHaveReachedSchool(delivery)
  if (!isUnsent || delivery.deliveredAt !== undefined) return []
  return delivery.taken.map(releaseReservationWrite)
}

const leadRow = toRowSchema(lead).extend({ offerAt: z.string().optional() })
const remainingFields = toRowSchema(erasedLead).omit({ erasureId: true, erasedAt: true })
const tombstoneRow = toRowSchema(erasedLead).extend({
  people: z
    .object({ email: z.string(), phone: z.string(), both: z.string(), stored: z.array(z.string()).optional() })
    // An erasure that an earlier version began has none.
    .transform(({ stored, ...person }) => ({ ...person, stored: stored ?? [person.email, person.phone] }))
    .optional(),
})
/** What is left of an erased lead; `people` is removed by the last step. */
export type Tombstone = z.output<typeof tombstoneRow>
