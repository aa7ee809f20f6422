import { toOwnerName } from '../../domain/catalog/generation.ts'
import type { Reservation } from '../../domain/routing/caps.ts'
import type { DedupeMarker } from '../../domain/routing/duplicates.ts'
import { addDays } from '../../domain/time.ts'
import { buildDeliveryWrites } from '../delivery/build-delivery-write.ts'
import { getWriteKey } from '../engine/check-writes.ts'
import { countItemBytes } from '../engine/count-item-bytes.ts'
import type { Condition, Row, Write } from '../engine/engine.ts'
import { toEpochSeconds } from '../engine/expiry.ts'
import { limits } from '../engine/limits.ts'
import { leadsPartition, offerEntry, quarantineEntry, sourceLeadsPartition } from '../index-keys.ts'
import {
  consentKey,
  counterKey,
  coverKey,
  dedupeMarkerKey,
  leadKey,
  personKey,
  storedResponseKey,
  type Table,
} from '../keys.ts'
import { packPart } from '../packed.ts'
import { markRecountWrites } from '../reporting/recount-marks.ts'
import { toItem } from '../rows.ts'
import { buildDecisionRows } from './decision-rows.ts'
import type { LeadCover, LeadRecord, RepeatedOffer, RoutedLead, RoutingOutcome } from './lead-record.ts'

/** One write of a lead's transaction. `marksEarlierSave`: it fails if the same save was done before. `scope`: that of its dedupe marker. */
export type LeadWrite = { write: Write<Table>; marksEarlierSave?: true; scope?: string }

export function buildNewLeadWrites(record: RoutedLead): LeadWrite[] {
  const { leadId, receivedAt } = record.lead
  const submissionWrites = buildSubmissionWrites(record, offerEntry(leadId, record.offerAt))
  return fitTransaction((inOneRow) => [
    ...submissionWrites,
    ...buildDecisionWrites({ leadId, receivedAt, inOneRow }, record),
  ])
}

/** Campaigns with very many caps leave less room, so that deliveries have one row each rather than fewer schools the lead. */
function fitTransaction(buildWrites: (inOneRow: boolean) => LeadWrite[]): LeadWrite[] {
  const writes = buildWrites(false)
  return writes.length > limits.transactionWrites ? buildWrites(true) : writes
}

/** A lead without a decision. */
export function buildQuarantineWrites(record: LeadRecord): LeadWrite[] {
  const { leadId, receivedAt } = record.lead
  return buildSubmissionWrites(
    { ...record, lead: { ...record.lead, quarantine: 'held' } },
    {
      ...quarantineEntry(leadId, receivedAt),
      ...(record.matchRefusals !== undefined && { matchRefusals: record.matchRefusals }),
    },
  )
}

function buildSubmissionWrites(
  { lead, consent, dedupeMarkers, people, response, sealedProof }: LeadRecord,
  more: object,
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
    { write: putIfAbsent({ ...leadKey(leadId), ...toItem(lead), ...timeline, ...more }) },
    {
      write: putIfAbsent({
        ...consentKey(leadId),
        ...toItem({ ...consent, sealed: sealedProof }),
        disclosure: packPart(consent.disclosure),
        timelinePk: sourceLeadsPartition(toOwnerName({ id: lead.sourceId, generation: lead.sourceGeneration })),
        timelineSk: timeline.timelineSk,
      }),
    },
    ...people.map((hmac) => ({ write: putIfAbsent({ ...personKey(hmac, leadId), leadId }) })),
    ...dedupeMarkers.map((marker) => buildMarkerWrite(marker, leadId, receivedAt)),
  ]
}

/** See `LeadCover`. `record` is the lead that `writes` save. */
export function buildCoverWrites(
  writes: readonly LeadWrite[],
  record: LeadRecord,
  { coverId, widest, checkedReservations }: LeadCover,
): LeadWrite[] {
  const writtenKeys = new Set(writes.map(({ write }) => formatKey(write)))
  const checks = checkedReservations
    .map((reservation): LeadWrite => ({ write: checkReservation(reservation) }))
    .filter(({ write }) => !writtenKeys.has(formatKey(write)))
  const widestWrites = buildNewLeadWrites({ ...record, ...widest })
  const rowCount = widestWrites.length - writes.length - checks.length
  const expiresAt = toExpiry(record.lead.receivedAt, coverDays)
  const rows = Array.from({ length: Math.max(0, rowCount) }, (_, number) => ({
    ...coverKey(coverId, number),
    expiresAt,
  }))
  const rowBytes = rows.reduce((sum, row) => sum + countItemBytes(row), 0)
  const byteCount = Math.min(countBytes(widestWrites) - countBytes(writes) - rowBytes, maxCoverBytes)
  return [
    ...checks,
    ...rows.map((row, number): LeadWrite => {
      const filler = number === 0 && byteCount > 0 ? { filler: ' '.repeat(byteCount) } : {}
      return { write: putIfAbsent({ ...row, ...filler }) }
    }),
  ]
}

function formatKey(write: Write<Table>): string {
  const { pk, sk } = getWriteKey(write)
  return `${pk} ${sk}`
}

function countBytes(writes: readonly LeadWrite[]): number {
  return writes.reduce((sum, { write }) => sum + ('put' in write ? countItemBytes(write.put) : 0), 0)
}

const coverDays = 1
const maxCoverBytes = 100_000

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
  return fitTransaction((inOneRow) => [
    { marksEarlierSave: true, write },
    ...markerWrites,
    ...buildDecisionWrites({ leadId, receivedAt, inOneRow }, routingOutcome),
    ...markRecountWrites({ leadId, leadReceivedAt: receivedAt, at: decidedAt }).map((markWrite) => ({
      write: markWrite,
    })),
  ])
}

/** A decision carries `receivedAt` of its lead, because leads are listed by the day on which they came. */
function buildDecisionWrites(
  { leadId, receivedAt, inOneRow }: { leadId: string; receivedAt: string; inOneRow: boolean },
  { decision, inputs, plannedDeliveries }: Omit<RoutingOutcome, 'dedupeMarkers'>,
): LeadWrite[] {
  const deliveries = plannedDeliveries.map(({ delivery }) => ({
    schoolId: delivery.schoolId,
    deliveryId: delivery.deliveryId,
    ...(delivery.binding?.schoolGeneration && { schoolGeneration: delivery.binding.schoolGeneration }),
  }))
  const decisionRows = buildDecisionRows({ leadId, decision, inputs, more: { receivedAt, deliveries } })
  return [
    ...decisionRows.map((row) => ({ write: putIfAbsent(row) })),
    ...plannedDeliveries.flatMap(({ delivery, event, reservations, dedupeMarkers }): LeadWrite[] => [
      // A test that was rejected or never arrived was a request all the same, so it gives nothing back.
      ...buildDeliveryWrites(delivery, JSON.stringify(event), {
        reservations: delivery.test ? [] : reservations,
        leadReceivedAt: receivedAt,
        inOneRow,
      }).map((write) => ({ write })),
      ...dedupeMarkers.map((marker) => buildMarkerWrite(marker, leadId, decision.decidedAt)),
      ...reservations.map((reservation) => ({ write: reserveWrite(reservation) })),
    ]),
  ]
}

/** Takes from a counter only what is left below its limit, so that concurrent writers never exceed a cap. */
export function reserveWrite(reservation: Reservation): Write<Table> {
  const { owner, counter, amount } = reservation
  return {
    in: 'leads',
    change: counterKey(owner, counter),
    add: { used: amount },
    when: buildLimitCondition(reservation),
  }
}

/** Fails when `reserveWrite` would fail, and takes nothing. */
function checkReservation(reservation: Reservation): Write<Table> {
  const { owner, counter } = reservation
  return { in: 'leads', check: counterKey(owner, counter), when: buildLimitCondition(reservation) }
}

function buildLimitCondition({ amount, limit }: Reservation): Condition {
  const isBelowLimit = { attribute: 'used', is: 'at-most', value: limit - amount } as const
  // A counter without a row is 0.
  return amount > limit ? isBelowLimit : { any: [{ exists: false }, isBelowLimit] }
}

/** Returns what a delivery took to its counter. */
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

/** How long the response for an `Idempotency-Key` is kept. */
export const responseRetentionDays = 7

function toExpiry(instant: string, days: number): number {
  return toEpochSeconds(new Date(addDays(instant, days)))
}
