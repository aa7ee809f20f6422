import { findSuppressedSchools } from '../../domain/aftercare/suppression.ts'
import type { CertificateOutcome } from '../../domain/capture/certificates/check-certificate.ts'
import type { Consent } from '../../domain/capture/consent.ts'
import { ownDisclosureVersion } from '../../domain/capture/disclosure.ts'
import type { LeadDraft } from '../../domain/capture/lead.ts'
import { toLeadProfile } from '../../domain/capture/lead-profile.ts'
import { toConsentNaming } from '../../domain/capture/naming/consent-naming.ts'
import type { Source } from '../../domain/capture/source.ts'
import { type Generation, matchedIds, toOwnerName } from '../../domain/catalog/generation.ts'
import type { Candidate } from '../../domain/routing/candidate.ts'
import { type DecisionInputs, decide } from '../../domain/routing/decide.ts'
import {
  createDedupeMarkers,
  type DedupeMarker,
  type PersonDigests,
  toSourceScope,
} from '../../domain/routing/duplicates.ts'
import { findNextOfferTime } from '../../domain/routing/offer.ts'
import { planDeliveries } from '../../domain/routing/plan-deliveries.ts'
import { planForStranger, type StrangerPlan } from '../../domain/routing/plan-for-stranger.ts'
import { buildSourceLimits, type LimitedSource } from '../../domain/routing/source/source-limits.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { RoutingOutcome, SaveConflict } from '../../store/capture/lead-record.ts'
import { type RoutingFacts, readRoutingState, toDecisionInputs } from './decide-routing.ts'

export type MatchRefusals = string | { [campaignOwner: string]: string }
type RoutingRequest = {
  lead: LeadDraft
  consent: Consent
  source: Source & LimitedSource & { generation?: Generation }
  person: Required<PersonDigests>
  /** When the decision is taken: ISO 8601. */
  at: string
  placement: Placement
  /** What is known of its certificate. */
  certificate: CertificateOutcome
  /**
   * Whether the schools and the source that have this person already are read before the decision, instead of being
   * found by the transaction that fails. A repeated offer finds its own markers, so it may not.
   */
  readsDuplicates?: boolean
  /** Why the match did not name its other campaigns: as the match wrote it, or as an earlier decision stored it. */
  matchRefusals?: MatchRefusals | undefined
}
/** What earlier decisions led to, by the owner names of schools. */
export type Placement = {
  rejectedBy: readonly string[]
  /** Schools that have the lead. */
  holders: readonly string[]
  /** How many schools the campaigns of the holders allow to have the lead. */
  maxHolders: number
  hasDeliveries: boolean
  /** Whether a delivery ended unsent, so that its lead went back to routing. */
  hasReturned: boolean
  /** What the deliveries that may still be paid earn the source, and those that it was paid for. */
  payoutCents: number
  /** What its deliveries hold of the caps of the source, by counter. */
  heldParts: { [counter: string]: number }
}
/** A request with the facts of the next decision. Schools that an earlier attempt could not save are excluded by them. */
export type RoutingAttempt = {
  request: RoutingRequest
  facts: RoutingFacts & { namedSchoolIds: readonly string[] }
}

/** How often a lead is decided again after losing a race. Each attempt excludes a school or reads a higher counter. */
export const maxRoutingAttempts = 50

/** Reads what the decision depends on, apart from candidates and counters. */
export async function startRouting(
  request: RoutingRequest,
  { suppressions, digests }: Pick<Dependencies, 'suppressions' | 'digests'>,
): Promise<RoutingAttempt> {
  const { lead, consent, source, at, placement, matchRefusals, certificate } = request
  const activeSuppressions = await suppressions.listActive(digests.listStoredDigests(lead.contact))
  const consentUse = { sourceOwner: toOwnerName(source), grantedAt: consent.grantedAt }
  const suppressed = findSuppressedSchools(activeSuppressions, consentUse)
  const facts = {
    profile: toLeadProfile(lead, at),
    stage: 'lead',
    ...(certificate !== 'none' && { certificate }),
    sourceRules: source.rules,
    sourceLimits: buildSourceLimits(source, { ...lead, heldParts: placement.heldParts }),
    namedSchoolIds: consent.schoolIds,
    legalNames: consent.disclosure.legalNames,
    schoolGenerations: consent.disclosure.schoolGenerations,
    matchedIds: matchedIds.parse(consent.disclosure),
    ...(!consent.disclosure.legalNames && toOlderConsent(consent)),
    naming: toConsentNaming(consent),
    ...(typeof matchRefusals === 'string' ? { encodedMatchRefusals: matchRefusals } : { matchRefusals }),
    suppressed: suppressed.everywhere || lead.withdrawnAt !== undefined,
    ...(suppressed.list && lead.withdrawnAt === undefined && { suppressedByList: suppressed.list }),
    suppressedSchoolIds: suppressed.schoolOwners,
    rejectedBy: placement.rejectedBy,
    duplicateSchoolIds: placement.holders,
    duplicateOfSource: false,
    method: source.method,
    maxSales: computeMaxSales(request),
    soldTo: placement.holders.length,
    seed: lead.leadId,
    test: lead.test,
  } as const
  return { request, facts }
}

export type RoutingPlan = RoutingOutcome & { inputs: DecisionInputs }

/** Decides which schools get the lead, and plans all that must be saved together with the decision. */
export async function planRouting(
  { request, facts }: RoutingAttempt,
  deps: Pick<Dependencies, 'routing' | 'newId'>,
): Promise<RoutingPlan> {
  const { lead, placement } = request
  const { candidates, counters } = await readRoutingState(facts, deps)
  const duplicates = await findDuplicates({ request, facts }, candidates, deps)
  const inputs = toDecisionInputs({ ...facts, ...duplicates }, { candidates, counters })
  const decision = decide(inputs)
  const plannedDeliveries = planDeliveries({ ...toPlanInput(request, inputs, deps), decision })
  const isFirstSale = plannedDeliveries.length > 0 && !placement.hasDeliveries && !lead.test
  const offerContext = {
    decision,
    receivedAt: lead.receivedAt,
    buyerCount: placement.holders.length + plannedDeliveries.length,
    // An exclusive sale ends routing, so campaigns that parked the lead are not offered it again.
    maxSales: decision.verdicts.some(({ exclusive }) => exclusive) ? 0 : computeMaxSales(request),
    namedSchoolCount: facts.naming?.missingElements?.length ? 0 : facts.namedSchoolIds.length,
  }
  return {
    decision,
    inputs,
    plannedDeliveries,
    dedupeMarkers: isFirstSale ? createSourceMarkers(request) : [],
    offerAt: lead.test || facts.suppressed ? undefined : findNextOfferTime(offerContext),
  }
}

/** Plans what the same first request of a person who is not known would lead to now. */
export function planStrangerRouting(
  { request }: RoutingAttempt,
  { inputs }: RoutingPlan,
  deps: Pick<Dependencies, 'newId'>,
): StrangerPlan & Pick<RoutingOutcome, 'dedupeMarkers'> {
  const stranger = planForStranger(inputs, toPlanInput(request, inputs, deps))
  const isSold = stranger.widestDeliveries.length > 0 && !request.lead.test
  return { ...stranger, dedupeMarkers: isSold ? createSourceMarkers(request) : [] }
}

function toPlanInput(
  request: RoutingRequest,
  { profile, candidates, counters, sourceLimits }: DecisionInputs,
  { newId }: Pick<Dependencies, 'newId'>,
) {
  const earlierPayoutCents = request.placement.payoutCents
  const newDeliveryId = () => newId('delivery')
  return { ...request, earlierPayoutCents, profile, candidates, counters, sourceLimits, newDeliveryId }
}

function createSourceMarkers({ source, person }: RoutingRequest): DedupeMarker[] {
  return createDedupeMarkers(source.duplicates, toSourceScope(toOwnerName(source)), person)
}

/** Which schools, and whether the source, have the person already. As many reads for every person. */
async function findDuplicates(
  { request, facts }: RoutingAttempt,
  candidates: readonly Candidate[],
  { routing }: Pick<Dependencies, 'routing'>,
): Promise<Pick<RoutingFacts, 'duplicateSchoolIds' | 'duplicateOfSource'>> {
  const { lead, source, person, readsDuplicates } = request
  const { duplicateSchoolIds, duplicateOfSource } = facts
  if (!readsDuplicates || lead.test) return { duplicateSchoolIds, duplicateOfSource }
  const schools = new Map(candidates.map(({ school }) => [school.id, school]))
  const sourceScope = toSourceScope(toOwnerName(source))
  const schoolMarkers = [...schools.values()]
    .filter(({ id }) => facts.namedSchoolIds.includes(id))
    .flatMap(({ id, generation, duplicates }) =>
      createDedupeMarkers(duplicates, toOwnerName({ id, generation }), person),
    )
  const heldScopes = await routing.findHeldScopes([...createSourceMarkers(request), ...schoolMarkers], request.at)
  return {
    duplicateSchoolIds: [...duplicateSchoolIds, ...heldScopes.filter((scope) => scope !== sourceScope)],
    duplicateOfSource: duplicateOfSource || heldScopes.includes(sourceScope),
  }
}

/** The next attempt after a plan could not be saved. A cap that was lost is seen when the counters are read again. */
export function excludeConflict(
  { request, facts }: RoutingAttempt,
  { plannedDeliveries }: Pick<RoutingOutcome, 'plannedDeliveries'>,
  conflict: SaveConflict,
): RoutingAttempt {
  if (conflict === 'too-many-writes')
    return { request, facts: { ...facts, maxSales: facts.soldTo + plannedDeliveries.length - 1 } }
  const { conflictingScopes } = conflict
  const isDuplicateOfSource = conflictingScopes.includes(toSourceScope(toOwnerName(request.source)))
  return {
    request,
    facts: {
      ...facts,
      duplicateSchoolIds: [...facts.duplicateSchoolIds, ...conflictingScopes],
      duplicateOfSource: facts.duplicateOfSource || isDuplicateOfSource,
    },
  }
}

/** A consent that is older than the stored names is checked by its text, unless a publisher wrote the text. */
function toOlderConsent({ disclosure: { version, text } }: Consent): { consentText?: string } {
  return version === ownDisclosureVersion ? {} : { consentText: text }
}

function computeMaxSales({ source, placement }: RoutingRequest): number {
  return Math.min(source.maxSales, placement.maxHolders)
}
