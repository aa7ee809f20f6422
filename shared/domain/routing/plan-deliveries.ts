import type { Consent } from '../capture/consent.ts'
import type { Contact } from '../capture/contact.ts'
import type { Lead } from '../capture/lead.ts'
import { createProfileReader, type LeadProfile, pickVisitorFields } from '../capture/lead-profile.ts'
import type { Source } from '../capture/source.ts'
import { toOwnerName } from '../catalog/generation.ts'
import { readAnswers } from '../catalog/read-answers.ts'
import { getLegalName } from '../catalog/school.ts'
import { type Delivery, initialDeliveryState } from '../delivery/delivery.ts'
import type { LeadCreated } from '../delivery/lead-created.ts'
import { computePayouts } from '../reporting/ledger/payout-terms.ts'
import { findContactWindow } from './calling/contact-window.ts'
import { findFirstDeliveryTime } from './calling/delivery-time.ts'
import { findTimeZoneOfZip } from './calling/time-zone-of-zip.ts'
import { type Candidate, findSelectedCandidates } from './candidate.ts'
import {
  buildReservations,
  buildTestReservations,
  type Counters,
  counterOwner,
  getTally,
  isTallied,
  type Reservation,
  tally,
} from './caps.ts'
import type { Decision, Verdict } from './decision.ts'
import { createDedupeMarkers, type DedupeMarker, type PersonDigests } from './duplicates.ts'
import { divideSourceReservations, type SourceLimits } from './source/source-limits.ts'

/** One school's part of a lead: the delivery, its event, the reservations of caps, and the dedupe markers. */
export type PlannedDelivery = {
  delivery: Delivery
  event: LeadCreated
  reservations: Reservation[]
  dedupeMarkers: DedupeMarker[]
}
type PlanDeliveriesInput = {
  lead: Omit<Lead, 'outcome'> & { contact: Contact }
  profile: LeadProfile
  consent: Consent
  source: Source & { id: string }
  person: PersonDigests
  candidates: readonly Candidate[]
  counters: Counters
  decision: Decision
  newDeliveryId: () => string
  sourceLimits?: SourceLimits | undefined
  /** What earlier deliveries of the lead earn its source. */
  earlierPayoutCents?: number
}

/** Returns a planned delivery for each selected campaign. A test lead is free and reserves no caps of campaigns or schools. */
export function planDeliveries(input: PlanDeliveriesInput): PlannedDelivery[] {
  const { lead, candidates, decision } = input
  const visitor = pickVisitorFields(lead)
  const sales = findSelectedCandidates(decision.verdicts, candidates)
  const payouts = planPayouts(sales, input)
  const sourceReservations = divideSourceReservations(input.sourceLimits, sales.length)
  return sales.map(({ verdict: { priceCents = 0 }, candidate, program }, index) => {
    const amounts = { priceCents: lead.test ? 0 : priceCents, payoutCents: payouts[index] ?? 0 }
    const delivery = buildDelivery(candidate, program, amounts, input)
    const event = buildLeadCreatedEvent({
      ...input,
      visitor,
      candidate,
      program,
      delivery,
    })
    const counterEffects = lead.test
      ? { reservations: buildTestReservations(candidate, input.profile).map(toReservation), dedupeMarkers: [] }
      : buildCounterEffects(candidate, priceCents, input)
    const reservations = [...counterEffects.reservations, ...(sourceReservations[index] ?? [])]
    return { delivery, event, ...counterEffects, reservations }
  })
}

/** What each of the sales earns the source. A test lead earns nothing. */
function planPayouts(
  sales: ReturnType<typeof findSelectedCandidates<Verdict>>,
  { lead, source, earlierPayoutCents = 0 }: PlanDeliveriesInput,
): number[] {
  if (!source.payout || lead.test) return []
  const priced = sales.map(({ verdict: { priceCents = 0 }, candidate }) => ({
    campaignId: candidate.campaign.id,
    priceCents,
  }))
  return computePayouts(source.payout, priced, { subIds: lead.subIds, earlierCents: earlierPayoutCents })
}

function buildDelivery(
  { campaign, school }: Candidate,
  program: Candidate['programs'][number],
  { priceCents, payoutCents }: { priceCents: number; payoutCents: number },
  input: PlanDeliveriesInput,
): Delivery {
  const { lead, profile, consent, source, newDeliveryId } = input
  const times = { at: profile.at, schoolTimeZone: school.timeZone }
  const dueAt = findFirstDeliveryTime(campaign, lead.contact, times)
  return {
    deliveryId: newDeliveryId(),
    leadId: lead.leadId,
    schoolId: school.id,
    schoolName: school.name,
    campaignId: campaign.id,
    programId: program.id,
    state: dueAt === profile.at ? 'pending' : 'parked',
    createdAt: profile.at,
    dueAt,
    ...initialDeliveryState,
    priceCents,
    ...(payoutCents > 0 && { payoutCents, ...(source.payout?.on === 'accepted' && { payoutOn: 'accepted' }) }),
    test: lead.test,
    binding: {
      legalName: getLegalName(school),
      programName: program.name,
      consentSha256: consent.disclosure.sha256,
      ...(school.generation && { schoolGeneration: school.generation }),
      ...(campaign.generation && { campaignGeneration: campaign.generation }),
      ...(lead.sourceGeneration && { sourceGeneration: lead.sourceGeneration }),
    },
    ...(lead.traceparent && { traceparent: lead.traceparent }),
  }
}

function buildCounterEffects(
  { campaign, school }: Candidate,
  priceCents: number,
  { profile, source, person, counters }: PlanDeliveriesInput,
) {
  const reservations: Reservation[] = buildReservations(
    { campaign, school },
    profile.at,
    priceCents,
    createProfileReader(profile),
  ).map(toReservation)
  if (isTallied(source.method))
    reservations.push({
      owner: counterOwner('campaigns', toOwnerName(campaign)),
      counter: tally,
      amount: 1,
      // Strict turns: the reservation fails if the tally changed since it was read.
      limit: source.method === 'round-robin' ? getTally(toOwnerName(campaign), counters) + 1 : Number.MAX_SAFE_INTEGER,
    })
  return { reservations, dedupeMarkers: createDedupeMarkers(school.duplicates, toOwnerName(school), person) }
}

function toReservation({ owner, counter, amount, limit }: Reservation): Reservation {
  return { owner, counter, amount, limit }
}

type EventParts = Pick<PlanDeliveriesInput, 'lead' | 'profile' | 'consent' | 'source'> & {
  visitor: ReturnType<typeof pickVisitorFields>
  candidate: Candidate
  program: Candidate['programs'][number]
  delivery: Delivery
}

function buildLeadCreatedEvent({
  lead,
  profile,
  consent,
  source,
  visitor: { answers = {}, ...visitor },
  candidate: { campaign, school },
  program,
  delivery: { deliveryId, dueAt = profile.at, priceCents },
}: EventParts): LeadCreated {
  const { version, sha256, text } = consent.disclosure
  const { certificateUrl, leadIdToken, claimedBy, ip, userAgent } = consent
  const sendsDevice = campaign.sendIpAndUserAgent && !lead.globalPrivacyControl
  const timeZone = findTimeZoneOfZip(lead.contact)
  const contactWindow = findContactWindow(lead.contact, dueAt)
  return {
    type: 'lead.created',
    timestamp: profile.at,
    data: {
      leadId: lead.leadId,
      deliveryId,
      test: lead.test,
      school: { id: school.id, name: school.name },
      program: { id: program.id, name: program.name, level: program.level, modality: program.modality },
      contact: lead.contact,
      ...(timeZone && { timeZone }),
      ...(contactWindow && { contactWindow }),
      ...visitor,
      answers: readAnswers(answers, [program]) ?? {},
      consent: {
        grantedAt: consent.grantedAt,
        version,
        sha256,
        text,
        ...(certificateUrl && { certificateUrl }),
        ...(leadIdToken && { leadIdToken }),
        ...(claimedBy && { claimedBy }),
        ...(sendsDevice && ip && { ip }),
        ...(sendsDevice && userAgent && { userAgent }),
      },
      source: { id: source.id, name: source.name },
      ...(lead.globalPrivacyControl && { globalPrivacyControl: true }),
      careerSlug: lead.careerSlug,
      page: lead.page,
      campaignId: campaign.id,
      priceCents,
    },
  }
}
