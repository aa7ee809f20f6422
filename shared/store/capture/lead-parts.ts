import type { Delivery } from '../../domain/delivery/delivery.ts'
import type { Reservation } from '../../domain/routing/caps.ts'
import type { Guard } from '../../domain/routing/duplicates.ts'
import { newDeliveryWrite } from '../delivery/new-delivery.ts'
import type { Row, Write } from '../engine/engine.ts'
import { leadsOfDay, offerEntry, quarantineEntry } from '../index-keys.ts'
import { answerKey, consentKey, counterKey, decisionKey, guardKey, leadKey, personKey, type Table } from '../keys.ts'
import { pack } from '../packed.ts'
import { plain } from '../rows.ts'
import type { Decided, KeptLead, NewLead, Offer } from './leads.ts'

/** One school's part: its delivery with the body as it will be sent, byte for byte, and what it takes and guards. */
export type Taker = {
  delivery: Delivery
  body: string
  reservations: readonly Reservation[]
  guards: readonly Guard[]
}

/** One write of a lead's transaction. `once`: it stands already. `scope`: whose guard it is. */
export type Part = { write: Write<Table>; once?: true; scope?: string }

export function newLeadParts(given: NewLead): Part[] {
  const { leadId, receivedAt } = given.lead
  return [...keptParts(given, offerEntry(leadId, given.offerAt)), ...decidedParts({ leadId, receivedAt }, given)]
}

/** A lead that nothing was decided of. */
export function quarantineParts(given: KeptLead): Part[] {
  const { leadId, receivedAt } = given.lead
  return keptParts({ ...given, lead: { ...given.lead, quarantine: 'held' } }, quarantineEntry(leadId, receivedAt))
}

function keptParts({ lead, consent, guards, people, answer }: KeptLead, due: object): Part[] {
  const { leadId, receivedAt } = lead
  const timeline = { timelinePk: leadsOfDay(receivedAt.slice(0, 10)), timelineSk: `${receivedAt}#${leadId}` }
  const answerRow = {
    ...answerKey(answer.sourceId, answer.keyDigest),
    ...answer,
    expiresAt: daysAfter(receivedAt, answerDays),
  }
  return [
    { once: true, write: put(answerRow) },
    { write: put({ ...leadKey(leadId), ...plain(lead), ...timeline, ...due }) },
    { write: put({ ...consentKey(leadId), ...plain(consent) }) },
    ...people.map((hmac) => ({ write: put({ ...personKey(hmac, leadId), leadId }) })),
    ...guards.map((guard) => guardPart(guard, leadId, receivedAt)),
  ]
}

export function offerParts({ leadId, receivedAt, seen, outcome, guards, ...decided }: Offer): Part[] {
  const next = offerEntry(leadId, decided.offerAt)
  const write: Write<Table> = {
    in: 'leads',
    change: leadKey(leadId),
    set: { outcome, ...next },
    ...('offerAt' in next ? {} : { remove: ['offerAt', 'duePk', 'dueSk'] }),
    when: { attribute: 'offerAt', is: 'equal', value: seen },
  }
  const { decidedAt } = decided.decision
  const guarded = guards.map((guard) => guardPart(guard, leadId, decidedAt))
  return [{ once: true, write }, ...guarded, ...decidedParts({ leadId, receivedAt }, decided)]
}

/** A decision says when its lead came: the first one may be of another day, and a day is where a lead is listed. */
function decidedParts(
  { leadId, receivedAt }: { leadId: string; receivedAt: string },
  { decision, inputs, takers }: Decided,
): Part[] {
  const deliveries = takers.map(({ delivery }) => ({ schoolId: delivery.schoolId, deliveryId: delivery.deliveryId }))
  return [
    {
      write: put({
        ...decisionKey(leadId, decision.decidedAt),
        ...plain(decision),
        receivedAt,
        deliveries,
        inputs: pack(inputs),
      }),
    },
    ...takers.flatMap(({ delivery, body, reservations, guards }): Part[] => [
      { write: newDeliveryWrite(delivery, body, reservations) },
      ...guards.map((guard) => guardPart(guard, leadId, decision.decidedAt)),
      ...reservations.map((reservation) => ({ write: reserveWrite(reservation) })),
    ]),
  ]
}

/** Takes from a counter only what is left of it: a cap of K is K, whoever else is at it. */
export function reserveWrite({ owner, counter, amount, limit }: Reservation): Write<Table> {
  const leaves = { attribute: 'used', is: 'at-most', value: limit - amount } as const
  return {
    in: 'leads',
    change: counterKey(owner, counter),
    add: { used: amount },
    // A counter that is not there yet stands at 0.
    when: amount > limit ? leaves : { any: [{ exists: false }, leaves] },
  }
}

/** What a delivery took, given back to its counter. */
export function giveBackWrite({
  owner,
  counter,
  amount,
}: Pick<Reservation, 'owner' | 'counter' | 'amount'>): Write<Table> {
  return { in: 'leads', change: counterKey(owner, counter), add: { used: -amount }, when: { exists: true } }
}

function guardPart({ scope, digest, days }: Guard, leadId: string, at: string): Part {
  return { scope, write: put({ ...guardKey(scope, digest), leadId, expiresAt: daysAfter(at, days) }) }
}

function put(row: Row): Write<Table> {
  return { in: 'leads', put: row, when: { exists: false } }
}

const answerDays = 7

function daysAfter(instant: string, days: number): number {
  return Math.floor(Date.parse(instant) / 1000) + days * 86_400
}
