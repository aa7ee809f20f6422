import { type Generation, toOwnerName } from '../../domain/catalog/generation.ts'
import type { Reservation } from '../../domain/routing/caps.ts'
import type { PlannedDelivery } from '../../domain/routing/plan-deliveries.ts'
import { mergeReservations } from '../../domain/routing/source/source-limits.ts'
import { buildPostbackWrite } from '../aftercare/postbacks.ts'
import { buildVisitorMessageWrite } from '../aftercare/visitor-messages.ts'
import { buildDeliveryWrites } from '../delivery/build-delivery-write.ts'
import type { Condition, Row, Write } from '../engine/engine.ts'
import { limits } from '../engine/limits.ts'
import { leadsPartition, offerEntry, quarantineEntry, sourceLeadsPartition } from '../index-keys.ts'
import { consentKey, counterKey, leadKey, personKey, storedResponseKey, type Table } from '../keys.ts'
import { packShared, type RowStyle } from '../packed.ts'
import { markRecountWrites } from '../reporting/recount-marks.ts'
import { toItem } from '../rows.ts'
import { buildCertificateWrite } from './certificate-writes.ts'
import { buildDecisionRows } from './decision-rows.ts'
import { buildMarkerWrites, type MarkerWrite, toExpiry } from './dedupe-markers.ts'
import type { LeadRecord, RepeatedOffer, RoutedLead, RoutingOutcome } from './lead-record.ts'

/** One write of a lead's transaction. `marksEarlierSave`: it fails if the same save was done before. `markers`: the dedupe markers that it sets. */
export type LeadWrite = { write: Write<Table>; marksEarlierSave?: true } & Partial<Pick<MarkerWrite, 'markers'>>

export function buildNewLeadWrites(record: RoutedLead, style: RowStyle = 'compact'): LeadWrite[] {
  const { leadId, receivedAt, sourceGeneration } = record.lead
  const submissionWrites = buildSubmissionWrites(record, offerEntry(leadId, record.offerAt))
  const context = { leadId, receivedAt, sourceGeneration, style }
  const decisionWrites = buildDecisionWrites(context, record)
  const markerWrites = buildMarkerWrites(listMarkers(record), leadId, receivedAt)
  return fitTransaction(style, (inOneRow) => [
    ...submissionWrites,
    ...markerWrites,
    ...decisionWrites,
    ...buildPlannedWrites({ ...context, inOneRow }, record),
  ])
}

/**
 * A delivery has two rows where a change of the one that holds its event would be billed. Campaigns with very many caps
 * leave less room, so that it has one row rather than fewer schools the lead.
 */
function fitTransaction(style: RowStyle, buildWrites: (inOneRow: boolean) => LeadWrite[]): LeadWrite[] {
  if (style === 'plain') return buildWrites(true)
  const writes = buildWrites(false)
  return writes.length > limits.transactionWrites ? buildWrites(true) : writes
}

/** A lead without a decision. */
export function buildQuarantineWrites(record: LeadRecord): LeadWrite[] {
  const { leadId, receivedAt } = record.lead
  const submissionWrites = buildSubmissionWrites(
    { ...record, lead: { ...record.lead, quarantine: 'held' } },
    {
      ...quarantineEntry(leadId, receivedAt),
      ...(record.matchRefusals !== undefined && { matchRefusals: record.matchRefusals }),
    },
  )
  return [...submissionWrites, ...buildMarkerWrites(record.dedupeMarkers, leadId, receivedAt)]
}

/** All dedupe markers of a decision: those of the person at schools and at the source, and that of the form token. */
export function listMarkers({
  dedupeMarkers,
  plannedDeliveries,
}: Pick<RoutingOutcome, 'dedupeMarkers' | 'plannedDeliveries'>) {
  return [...dedupeMarkers, ...plannedDeliveries.flatMap((planned) => planned.dedupeMarkers)]
}

function buildSubmissionWrites(
  {
    lead,
    consent,
    people,
    response,
    sealedProof,
    confirms = false,
    informsSource = false,
    certificates = [],
  }: LeadRecord,
  more: object,
): LeadWrite[] {
  const { leadId, receivedAt, sourceId, sourceGeneration } = lead
  const origin = { leadId, sourceId, ...(sourceGeneration !== undefined && { sourceGeneration }) }
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
        disclosure: packShared(consent.disclosure),
        timelinePk: sourceLeadsPartition(toOwnerName({ id: lead.sourceId, generation: lead.sourceGeneration })),
        timelineSk: timeline.timelineSk,
      }),
    },
    ...(confirms ? [{ write: buildVisitorMessageWrite(leadId, 'confirmation', receivedAt) }] : []),
    ...(informsSource ? [{ write: buildPostbackWrite({ ...origin, cause: 'decided', at: receivedAt }) }] : []),
    ...certificates.map((certificate) => ({ write: buildCertificateWrite(certificate) })),
    ...people.map((hmac) => ({ write: putIfAbsent({ ...personKey(hmac, leadId), leadId }) })),
  ]
}

export function buildOfferWrites(
  {
    leadId,
    receivedAt,
    sourceId,
    sourceGeneration,
    informsSource = false,
    expectedOfferAt,
    outcome,
    ...routingOutcome
  }: RepeatedOffer,
  style: RowStyle = 'compact',
): LeadWrite[] {
  const next = offerEntry(leadId, routingOutcome.offerAt)
  const write: Write<Table> = {
    in: 'leads',
    change: leadKey(leadId),
    set: { outcome, ...next },
    ...('offerAt' in next ? {} : { remove: ['offerAt', 'duePk', 'dueSk'] }),
    when: { attribute: 'offerAt', is: 'equal', value: expectedOfferAt },
  }
  const { decidedAt } = routingOutcome.decision
  const source = { sourceId, ...(sourceGeneration !== undefined && { sourceGeneration }) }
  const markerWrites = buildMarkerWrites(listMarkers(routingOutcome), leadId, decidedAt)
  const context = { leadId, receivedAt, sourceGeneration, style }
  return fitTransaction(style, (inOneRow) => [
    { marksEarlierSave: true, write },
    ...(informsSource ? [{ write: buildPostbackWrite({ ...source, leadId, cause: 'decided', at: decidedAt }) }] : []),
    ...markerWrites,
    ...buildDecisionWrites(context, routingOutcome),
    ...buildPlannedWrites({ ...context, inOneRow }, routingOutcome),
    ...markRecountWrites({ leadId, leadReceivedAt: receivedAt, at: decidedAt }).map((markWrite) => ({
      write: markWrite,
    })),
  ])
}

type LeadContext = { leadId: string; receivedAt: string; sourceGeneration?: Generation; style: RowStyle }

/**
 * A decision carries what reports need of its lead and may not read there: when it came, and of which record its source is, if
 * the ID of the source was used before.
 */
export function buildDecisionWrites(
  { leadId, receivedAt, sourceGeneration, style }: LeadContext,
  { decision, inputs, plannedDeliveries }: Omit<RoutingOutcome, 'dedupeMarkers'>,
): LeadWrite[] {
  const deliveries = plannedDeliveries.map(({ delivery }) => ({
    schoolId: delivery.schoolId,
    deliveryId: delivery.deliveryId,
    ...(delivery.binding?.schoolGeneration && { schoolGeneration: delivery.binding.schoolGeneration }),
  }))
  const more = { receivedAt, deliveries, ...(sourceGeneration && { sourceGeneration }) }
  const rows = buildDecisionRows({ leadId, decision, inputs, more }, style)
  return rows.map((row) => ({ write: putIfAbsent(row) }))
}

/** The deliveries of a decision, each with what it takes. */
function buildPlannedWrites(
  context: LeadContext & { inOneRow: boolean },
  { plannedDeliveries }: Pick<RoutingOutcome, 'plannedDeliveries'>,
): LeadWrite[] {
  const reservations = mergeReservations(plannedDeliveries.flatMap((planned) => planned.reservations))
  return [
    ...plannedDeliveries.flatMap((planned) => buildDeliveryRowWrites(context, planned)),
    ...reservations.map((reservation) => ({ write: reserveWrite(reservation) })),
  ]
}

export function buildDeliveryRowWrites(
  { receivedAt, sourceGeneration, inOneRow }: LeadContext & { inOneRow: boolean },
  { delivery, event, reservations }: PlannedDelivery,
): LeadWrite[] {
  return buildDeliveryWrites(delivery, JSON.stringify(event), {
    // A test that was rejected or never arrived was a request all the same, so it gives nothing back.
    reservations: delivery.test ? [] : reservations,
    leadReceivedAt: receivedAt,
    source: { id: event.data.source.id, ...(sourceGeneration && { generation: sourceGeneration }) },
    inOneRow,
  }).map((write) => ({ write }))
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
export function checkReservation(reservation: Reservation): Write<Table> {
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

export function putIfAbsent(row: Row): Write<Table> {
  return { in: 'leads', put: row, when: { exists: false } }
}

/** How long the response for an `Idempotency-Key` is kept. */
export const responseRetentionDays = 7
