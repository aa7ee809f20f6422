import type { Delivery } from '../../domain/delivery/delivery.ts'
import type { Reservation } from '../../domain/routing/caps.ts'
import type { DedupeMarker } from '../../domain/routing/duplicates.ts'
import { addDays } from '../../domain/time.ts'
import { buildDeliveryWrite } from '../delivery/build-delivery-write.ts'
import type { Row, Write } from '../engine/engine.ts'
import { toEpochSeconds } from '../engine/expiry.ts'
import { leadsPartition, offerEntry, quarantineEntry } from '../index-keys.ts'
import {
  consentKey,
  counterKey,
  decisionKey,
  dedupeMarkerKey,
  leadKey,
  personKey,
  storedResponseKey,
  type Table,
} from '../keys.ts'
import { pack } from '../packed.ts'
import { toItem } from '../rows.ts'
import type { LeadRecord, RepeatedOffer, RoutedLead, RoutingOutcome } from './leads.ts'

/** One school's part: its delivery with the body as it will be sent, byte for byte, and what it takes and guards. */
export type DeliveryToSave = {
  delivery: Delivery
  body: string
  reservations: readonly Reservation[]
  dedupeMarkers: readonly DedupeMarker[]
}

/** One write of a lead's transaction. `once`: it stands already. `scope`: whose guard it is. */
export type LeadWrite = { write: Write<Table>; marksEarlierSave?: true; scope?: string }

export function buildNewLeadWrites(record: RoutedLead): LeadWrite[] {
  const { leadId, receivedAt } = record.lead
  return [
    ...buildSubmissionWrites(record, offerEntry(leadId, record.offerAt)),
    ...buildDecisionWrites({ leadId, receivedAt }, record),
  ]
}

/** A lead that nothing was decided of. */
export function buildQuarantineWrites(record: LeadRecord): LeadWrite[] {
  const { leadId, receivedAt } = record.lead
  return buildSubmissionWrites(
    { ...record, lead: { ...record.lead, quarantine: 'held' } },
    quarantineEntry(leadId, receivedAt),
  )
}

function buildSubmissionWrites(
  { lead, consent, dedupeMarkers, people, response }: LeadRecord,
  dueEntry: object,
): LeadWrite[] {
  const { leadId, receivedAt } = lead
  const timeline = { timelinePk: leadsPartition(receivedAt.slice(0, 10)), timelineSk: `${receivedAt}#${leadId}` }
  const responseRow = {
    ...storedResponseKey(response.sourceId, response.keyDigest),
    ...response,
    expiresAt: toExpiry(receivedAt, responseRetentionDays),
  }
  return [
    { marksEarlierSave: true, write: putIfAbsent(responseRow) },
    { write: putIfAbsent({ ...leadKey(leadId), ...toItem(lead), ...timeline, ...dueEntry }) },
    { write: putIfAbsent({ ...consentKey(leadId), ...toItem(consent) }) },
    ...people.map((hmac) => ({ write: putIfAbsent({ ...personKey(hmac, leadId), leadId }) })),
    ...dedupeMarkers.map((marker) => buildMarkerWrite(marker, leadId, receivedAt)),
  ]
}

export function buildOfferWrites({
  leadId,
  receivedAt,
  expectedOfferAt,
  outcome,
  dedupeMarkers,
  ...routingOutcome
}: RepeatedOffer): LeadWrite[] {
  const next = offerEntry(leadId, routingOutcome.offerAt)
  const write: Write<Table> = {
    in: 'leads',
    change: leadKey(leadId),
    set: { outcome, ...next },
    ...('offerAt' in next ? {} : { remove: ['offerAt', 'duePk', 'dueSk'] }),
    when: { attribute: 'offerAt', is: 'equal', value: expectedOfferAt },
  }
  const { decidedAt } = routingOutcome.decision
  const markerWrites = dedupeMarkers.map((marker) => buildMarkerWrite(marker, leadId, decidedAt))
  return [
    { marksEarlierSave: true, write },
    ...markerWrites,
    ...buildDecisionWrites({ leadId, receivedAt }, routingOutcome),
  ]
}

/** A decision says when its lead came: the first one may be of another day, and a day is where a lead is listed. */
function buildDecisionWrites(
  { leadId, receivedAt }: { leadId: string; receivedAt: string },
  { decision, inputs, deliveriesToSave }: RoutingOutcome,
): LeadWrite[] {
  const deliveries = deliveriesToSave.map(({ delivery }) => ({
    schoolId: delivery.schoolId,
    deliveryId: delivery.deliveryId,
  }))
  return [
    {
      write: putIfAbsent({
        ...decisionKey(leadId, decision.decidedAt),
        ...toItem(decision),
        receivedAt,
        deliveries,
        inputs: pack(inputs),
      }),
    },
    ...deliveriesToSave.flatMap(({ delivery, body, reservations, dedupeMarkers }): LeadWrite[] => [
      { write: buildDeliveryWrite(delivery, body, reservations) },
      ...dedupeMarkers.map((marker) => buildMarkerWrite(marker, leadId, decision.decidedAt)),
      ...reservations.map((reservation) => ({ write: reserveWrite(reservation) })),
    ]),
  ]
}

/** Takes from a counter only what is left of it: a cap of K is K, whoever else is at it. */
export function reserveWrite({ owner, counter, amount, limit }: Reservation): Write<Table> {
  const isBelowLimit = { attribute: 'used', is: 'at-most', value: limit - amount } as const
  return {
    in: 'leads',
    change: counterKey(owner, counter),
    add: { used: amount },
    // A counter that is not there yet stands at 0.
    when: amount > limit ? isBelowLimit : { any: [{ exists: false }, isBelowLimit] },
  }
}

/** What a delivery took, given back to its counter. */
export function releaseReservationWrite({
  owner,
  counter,
  amount,
}: Pick<Reservation, 'owner' | 'counter' | 'amount'>): Write<Table> {
  return { in: 'leads', change: counterKey(owner, counter), add: { used: -amount }, when: { exists: true } }
}

function buildMarkerWrite({ scope, digest, days }: DedupeMarker, leadId: string, at: string): LeadWrite {
  return { scope, write: putIfAbsent({ ...dedupeMarkerKey(scope, digest), leadId, expiresAt: toExpiry(at, days) }) }
}

function putIfAbsent(row: Row): Write<Table> {
  return { in: 'leads', put: row, when: { exists: false } }
}

const responseRetentionDays = 7

function toExpiry(instant: string, days: number): number {
  return toEpochSeconds(new Date(addDays(instant, days)))
}
