import type { NewCertificate } from '../../domain/capture/certificates/consent-certificate.ts'
import type { Consent } from '../../domain/capture/consent.ts'
import type { Lead } from '../../domain/capture/lead.ts'
import type { Reservation } from '../../domain/routing/caps.ts'
import type { Decision } from '../../domain/routing/decision.ts'
import type { DedupeMarker } from '../../domain/routing/duplicates.ts'
import type { PlannedDelivery } from '../../domain/routing/plan-deliveries.ts'

/** The response to an Idempotency-Key, and a digest of the request body that came with it. */
export type StoredResponse = { sourceId: string; keyDigest: string; bodyDigest: string; body: string }
/** Recognizes a repeated request: by source and key. The body must be the same too. */
export type IdempotencyRecord = Omit<StoredResponse, 'body'>
export type RoutingOutcome = {
  decision: Decision
  /** What the decision was taken from, so that it can be taken again. */
  inputs: object
  plannedDeliveries: readonly PlannedDelivery[]
  /** Markers that no school owns: those of the source, and that of the form token. */
  dedupeMarkers: readonly DedupeMarker[]
  /** When the lead is offered again. Absent: never. */
  offerAt?: string | undefined
}
export type LeadRecord = {
  lead: Lead
  consent: Consent
  dedupeMarkers: readonly DedupeMarker[]
  /** The digests under which the leads of the person are found. */
  people: readonly string[]
  /** The sealed proof of consent (`consent-proof.ts`). */
  sealedProof?: string
  response: StoredResponse
  /** Whether the visitor gets an email that names the schools. */
  confirms?: boolean
  /** Whether the source is told what becomes of the lead. */
  informsSource?: boolean
  /** Its certificates that are to be verified. */
  certificates?: readonly NewCertificate[]
  /** Why the match did not name its other campaigns. Kept with a lead that is held for review, because it has no decision. */
  matchRefusals?: string | undefined
}
export type RoutedLead = LeadRecord & RoutingOutcome
/**
 * Makes the transaction of a lead as large as that of any other person with the same answers, so that the work and its
 * time tell nothing about the person. Its rows hold nothing, and nothing leads to them.
 */
export type LeadCover = {
  /** A new random id, that of no delivery and no lead. */
  coverId: string
  /** The largest routing outcome that a person with these answers could have. */
  widest: Omit<RoutingOutcome, 'offerAt'>
  /** What a stranger would reserve and this lead does not: checked under the same conditions, and not taken. */
  checkedReservations: readonly Reservation[]
}
/** A further decision for a stored lead. It is saved only if the lead is still due at `expectedOfferAt`. */
export type RepeatedOffer = RoutingOutcome & {
  leadId: string
  receivedAt: string
  sourceId: string
  sourceGeneration?: Lead['sourceGeneration']
  informsSource?: boolean
  expectedOfferAt: string
  outcome: Lead['outcome']
}
/** `busy`: other transactions held the same rows for longer than the engine retries. */
export type SaveResult = 'saved' | 'already-saved' | 'busy' | SaveConflict
/**
 * Why a plan could not be saved as it is. `too-many-writes`: it does not fit into one transaction. `conflictingScopes`:
 * the scopes of dedupe markers that another lead holds; it is empty if only a cap was lost.
 */
export type SaveConflict = 'too-many-writes' | { conflictingScopes: string[] }
