import * as z from 'zod'
import type { Contact } from '../../domain/capture/contact.ts'
import { erasedLead, lead } from '../../domain/capture/lead.ts'
import { type Delivery, mayHaveReachedSchool } from '../../domain/delivery/delivery.ts'
import type { PersonDigests } from '../../domain/routing/duplicates.ts'
import { releaseReservationWrite } from '../capture/lead-writes.ts'
import { buildDeliveryWrite } from '../delivery/build-delivery-write.ts'
import type { StoredDelivery } from '../delivery/delivery-row.ts'
import type { Condition, Engine, Write } from '../engine/engine.ts'
import { ifUnchanged } from '../if-unchanged.ts'
import { leadsPartition } from '../index-keys.ts'
import { dedupeMarkerKey, deliveryKey, erasureKey, leadKey, noticeKey, personKey, type Table } from '../keys.ts'
import { toItem, toRowSchema } from '../rows.ts'
import { stripRows } from './strip-rows.ts'

export type PersonErasureStore = ReturnType<typeof personErasureStore>
/** Of the normalized email, of the phone, and of both together. */
type TombstoneInput = { erasureId: string; at: string; hashPerson: (contact: Contact) => Required<PersonDigests> }
type DeliveryErasure = { erasureId: string; at: string; notification: { notice: Delivery; body: string } | undefined }

/**
 * The steps by which a lead is forgotten. Each may be taken again, after a crash or by another at the same time, and
 * comes to the same. Rows stay where the books need them; what they say of a person goes.
 */
export function personErasureStore(engine: Engine<Table>) {
  return {
    /** Some of the leads that are found by these HMACs. A lead is found until it is forgotten altogether. */
    async findLeads(people: readonly string[], limit: number): Promise<string[]> {
      const pages = people.map((hmac) => engine.query({ in: 'leads', pk: personKey(hmac, '').pk, limit }))
      return [...new Set((await Promise.all(pages)).flatMap(({ items }) => items.map(({ sk }) => sk)))]
    },

    /** The lead becomes a gravestone, if it is none: from now on it is offered to nobody, and nobody sees whose it was. */
    async writeTombstone(
      leadId: string,
      { erasureId, at, hashPerson }: TombstoneInput,
    ): Promise<Tombstone | undefined> {
      for (let turn = 0; turn < maxTurns; turn++) {
        const row = await engine.get({ in: 'leads', key: leadKey(leadId) })
        if (!row) return undefined
        if ('erasedAt' in row) return tombstoneRow.parse(row)
        const { offerAt, contact, receivedAt, ...rest } = leadRow.parse(row)
        const tombstone = {
          ...remainingFields.parse({ ...rest, receivedAt }),
          erasureId,
          erasedAt: at,
          people: hashPerson(contact),
        }
        const timeline = { timelinePk: leadsPartition(receivedAt.slice(0, 10)), timelineSk: `${receivedAt}#${leadId}` }
        // An offer changes when the lead is offered next: whoever makes one at this moment is seen.
        const unchangedCondition: Condition = {
          all: [
            { attribute: 'erasedAt', is: 'absent' },
            { attribute: 'outcome', is: 'equal', value: rest.outcome },
            offerAt === undefined
              ? { attribute: 'offerAt', is: 'absent' }
              : { attribute: 'offerAt', is: 'equal', value: offerAt },
          ],
        }
        const put = { ...leadKey(leadId), ...toItem(tombstone), ...timeline }
        if ((await engine.transact([{ in: 'leads', put, when: unchangedCondition }])).done)
          return tombstoneRow.parse(put)
      }
      throw new Error('A lead could not be buried: it was offered again and again. Its erasure goes on later.')
    },

    /**
     * Takes what was to be sent out of a delivery, and makes the notice by which its school is told, if it is: both or
     * neither.
     * What the school certainly never had is given back to the caps. False where the delivery has moved meanwhile.
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
        ...(notification ? buildNoticeWrites(erasureId, deliveryId, notification) : []),
        ...buildReleaseWrites(delivery),
      ])
      return done
    },

    /** Takes out of all that was noted of a lead and its deliveries what may tell of the person. */
    strip: (tombstone: Tombstone, deliveryIds: readonly string[]) => stripRows(engine, tombstone, deliveryIds),

    /** The last step: nothing leads to the lead from the person any more, and its erasure counts it. */
    async finish({ leadId, erasureId, people }: Tombstone, scopes: readonly string[]): Promise<void> {
      if (!people) return
      const ifOwn = { attribute: 'leadId', is: 'equal', value: leadId } as const
      const markerKeys = scopes.flatMap((scope) =>
        Object.values(people).map((digest) => dedupeMarkerKey(scope, digest)),
      )
      await Promise.all(
        markerKeys.map((markerKey) => engine.transact([{ in: 'leads', delete: markerKey, when: ifOwn }])),
      )
      const outcome = await engine.transact([
        {
          in: 'leads',
          change: leadKey(leadId),
          remove: ['people', 'offerAt', 'duePk', 'dueSk'],
          when: { attribute: 'people', is: 'present' },
        },
        ...[people.email, people.phone].map((hmac) => ({ in: 'leads', delete: personKey(hmac, leadId) }) as const),
        { in: 'leads', change: erasureKey(erasureId), add: { leads: 1 } },
      ])
      if (!outcome.done && outcome.refused[0] !== 'condition')
        throw new Error('The last step of a lead could not be taken; its erasure goes on later.')
    },
  }
}

// Each turn somebody else was at the lead.
const maxTurns = 20
const scheduleAttributes = ['leaseToken', 'dueAt', 'duePk', 'dueSk', 'sweeps', 'failingSince'] as const

function buildNoticeWrites(
  erasureId: string,
  deliveryId: string,
  { notice, body }: NonNullable<DeliveryErasure['notification']>,
): Write<Table>[] {
  const noticeRow = { ...noticeKey(erasureId, notice.deliveryId), deliveryId }
  return [buildDeliveryWrite(notice, body, []), { in: 'leads', put: noticeRow }]
}

/** A school may see a lead that waits for it; only what it took is bought. A dead one has been given back. */
function buildReleaseWrites(delivery: StoredDelivery): Write<Table>[] {
  const isUnsent = (delivery.state === 'pending' || delivery.state === 'parked') && !mayHaveReachedSchool(delivery)
  if (!isUnsent || delivery.deliveredAt !== undefined) return []
  return delivery.taken.map(releaseReservationWrite)
}

const leadRow = toRowSchema(lead).extend({ offerAt: z.string().optional() })
const remainingFields = toRowSchema(erasedLead).omit({ erasureId: true, erasedAt: true })
const tombstoneRow = toRowSchema(erasedLead).extend({
  people: z.object({ email: z.string(), phone: z.string(), both: z.string() }).optional(),
})
/** What is left of a lead; `people` until nothing leads to it from the person any more. */
export type Tombstone = z.output<typeof tombstoneRow>
