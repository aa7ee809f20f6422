import * as z from 'zod'
import type { Contact } from '../../domain/capture/contact.ts'
import { forgottenLead, lead } from '../../domain/capture/lead.ts'
import { type Delivery, mayHaveArrived } from '../../domain/delivery/delivery.ts'
import { asSeen } from '../as-seen.ts'
import { giveBackWrite } from '../capture/lead-parts.ts'
import type { Kept } from '../delivery/delivery-row.ts'
import { newDeliveryWrite } from '../delivery/new-delivery.ts'
import type { Condition, Engine, Write } from '../engine/engine.ts'
import { leadsOfDay } from '../index-keys.ts'
import { deliveryKey, erasureKey, guardKey, leadKey, noticeKey, personKey, type Table } from '../keys.ts'
import { plain, rowOf } from '../rows.ts'
import { stripRows } from './strip-rows.ts'

export type ForgettingStore = ReturnType<typeof forgettingStore>
/** By the normalised e-mail, by the phone, and by both together. */
export type People = { email: string; phone: string; both: string }
type Burial = { erasureId: string; at: string; peopleOf: (contact: Contact) => People }
type Telling = { erasureId: string; at: string; telling: { notice: Delivery; body: string } | undefined }

/**
 * The steps by which a lead is forgotten. Each may be taken again, after a crash or by another at the same time, and
 * comes to the same. Rows stay where the books need them; what they say of a person goes.
 */
export function forgettingStore(engine: Engine<Table>) {
  return {
    /** Some of the leads that are found by these HMACs. A lead is found until it is forgotten altogether. */
    async leadsOf(people: readonly string[], limit: number): Promise<string[]> {
      const pages = people.map((hmac) => engine.query({ in: 'leads', pk: personKey(hmac, '').pk, limit }))
      return [...new Set((await Promise.all(pages)).flatMap(({ items }) => items.map(({ sk }) => sk)))]
    },

    /** The lead becomes a gravestone, if it is none: from now on it is offered to nobody, and nobody sees whose it was. */
    async bury(leadId: string, { erasureId, at, peopleOf }: Burial): Promise<Grave | undefined> {
      for (let turn = 0; turn < mostTurns; turn++) {
        const row = await engine.get({ in: 'leads', key: leadKey(leadId) })
        if (!row) return undefined
        if ('erasedAt' in row) return graveRow.parse(row)
        const { offerAt, contact, receivedAt, ...rest } = leadRow.parse(row)
        const grave = { ...remains.parse({ ...rest, receivedAt }), erasureId, erasedAt: at, people: peopleOf(contact) }
        const timeline = { timelinePk: leadsOfDay(receivedAt.slice(0, 10)), timelineSk: `${receivedAt}#${leadId}` }
        // An offer changes when the lead is offered next: whoever makes one at this moment is seen.
        const seen: Condition = {
          all: [
            { attribute: 'erasedAt', is: 'absent' },
            { attribute: 'outcome', is: 'equal', value: rest.outcome },
            offerAt === undefined
              ? { attribute: 'offerAt', is: 'absent' }
              : { attribute: 'offerAt', is: 'equal', value: offerAt },
          ],
        }
        const put = { ...leadKey(leadId), ...plain(grave), ...timeline }
        if ((await engine.transact([{ in: 'leads', put, when: seen }])).done) return graveRow.parse(put)
      }
      throw new Error('A lead could not be buried: it was offered again and again. Its erasure goes on later.')
    },

    /**
     * Takes what was to be sent out of a delivery, and makes the notice by which its school is told, if it is: both or
     * neither.
     * What the school certainly never had is given back to the caps. False where the delivery has moved meanwhile.
     */
    async eraseDelivery(seen: Kept, { erasureId, at, telling }: Telling): Promise<boolean> {
      const { deliveryId } = seen
      const { done } = await engine.transact([
        {
          in: 'leads',
          change: deliveryKey(deliveryId),
          set: { state: 'erased', settledAt: at },
          remove: [...ofTheWay, 'body', 'shaped'],
          when: asSeen(seen, 'erased'),
        },
        ...(telling ? tellingWrites(erasureId, deliveryId, telling) : []),
        ...givenBack(seen),
      ])
      return done
    },

    /** Takes out of all that was noted of a lead and its deliveries what may tell of the person. */
    strip: (grave: Grave, deliveryIds: readonly string[]) => stripRows(engine, grave, deliveryIds),

    /** The last step: nothing leads to the lead from the person any more, and its erasure counts it. */
    async finish({ leadId, erasureId, people }: Grave, guarded: readonly string[]): Promise<void> {
      if (!people) return
      const own = { attribute: 'leadId', is: 'equal', value: leadId } as const
      const guards = guarded.flatMap((scope) => Object.values(people).map((digest) => guardKey(scope, digest)))
      await Promise.all(guards.map((guard) => engine.transact([{ in: 'leads', delete: guard, when: own }])))
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
const mostTurns = 20
const ofTheWay = ['leaseToken', 'dueAt', 'duePk', 'dueSk', 'sweeps', 'failingSince'] as const

function tellingWrites(
  erasureId: string,
  deliveryId: string,
  { notice, body }: NonNullable<Telling['telling']>,
): Write<Table>[] {
  const line = { ...noticeKey(erasureId, notice.deliveryId), deliveryId }
  return [newDeliveryWrite(notice, body, []), { in: 'leads', put: line }]
}

/** A school may see a lead that waits for it; only what it took is bought. A dead one has been given back. */
function givenBack(seen: Kept): Write<Table>[] {
  const isUntaken = (seen.state === 'pending' || seen.state === 'parked') && !mayHaveArrived(seen)
  if (!isUntaken || seen.deliveredAt !== undefined) return []
  return seen.taken.map(giveBackWrite)
}

const leadRow = rowOf(lead).extend({ offerAt: z.string().optional() })
const remains = rowOf(forgottenLead).omit({ erasureId: true, erasedAt: true })
const graveRow = rowOf(forgottenLead).extend({
  people: z.object({ email: z.string(), phone: z.string(), both: z.string() }).optional(),
})
/** What is left of a lead; `people` until nothing leads to it from the person any more. */
export type Grave = z.output<typeof graveRow>
