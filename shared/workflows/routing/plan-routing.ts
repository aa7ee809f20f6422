import type { Consent } from '../../domain/capture/consent.ts'
import type { LeadDraft } from '../../domain/capture/lead.ts'
import { toLeadProfile } from '../../domain/capture/lead-profile.ts'
import type { Source } from '../../domain/capture/source.ts'
import { createDedupeMarkers, type PersonDigests, toSourceScope } from '../../domain/routing/duplicates.ts'
import { findNextOfferTime } from '../../domain/routing/offer.ts'
import { planDeliveries } from '../../domain/routing/plan-deliveries.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { RoutingOutcome, SaveConflict } from '../../store/capture/lead-record.ts'
import { decideRouting, type RoutingFacts } from './decide-routing.ts'

type RoutingRequest = {
  lead: LeadDraft
  consent: Consent
  source: Source & { id: string }
  person: Required<PersonDigests>
  /** When the decision is taken: ISO 8601. */
  at: string
  placement: Placement
}
/** What earlier decisions led to, by school id. */
export type Placement = {
  rejectedBy: readonly string[]
  /** Schools that have the lead. */
  holders: readonly string[]
  /** How many schools the campaigns of the holders allow to have the lead. */
  maxHolders: number
  hasDeliveries: boolean
}
/** A request with the facts of the next decision. Schools that an earlier attempt could not save are excluded by them. */
export type RoutingAttempt = { request: RoutingRequest; facts: RoutingFacts & { namedSchoolIds: readonly string[] } }

/** How often a lead is decided again after losing a race. Each attempt excludes a school or reads a higher counter. */
export const maxRoutingAttempts = 50

/** Reads what the decision depends on, apart from candidates and counters. */
export async function startRouting(
  request: RoutingRequest,
  { suppressions }: Pick<Dependencies, 'suppressions'>,
): Promise<RoutingAttempt> {
  const { lead, consent, source, person, at, placement } = request
  const facts = {
    profile: toLeadProfile(lead, at),
    stage: 'lead',
    sourceRules: source.rules,
    namedSchoolIds: consent.schoolIds,
    suppressed: await suppressions.hasAny([person.email, person.phone]),
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

/** Decides which schools get the lead, and plans all that must be saved together with the decision. */
export async function planRouting(
  { request, facts }: RoutingAttempt,
  deps: Pick<Dependencies, 'routing' | 'newId'>,
): Promise<RoutingOutcome> {
  const { lead, source, person, placement } = request
  const { decision, inputs, candidates, counters } = await decideRouting(facts, deps)
  const plannedDeliveries = planDeliveries({
    ...request,
    decision,
    candidates,
    counters,
    profile: facts.profile,
    newDeliveryId: () => deps.newId('delivery'),
  })
  const isFirstSale = plannedDeliveries.length > 0 && !placement.hasDeliveries && !lead.test
  const offerContext = {
    decision,
    receivedAt: lead.receivedAt,
    buyerCount: placement.holders.length + plannedDeliveries.length,
    // An exclusive sale ends routing, so campaigns that parked the lead are not offered it again.
    maxSales: decision.verdicts.some(({ exclusive }) => exclusive) ? 0 : computeMaxSales(request),
    namedSchoolCount: facts.namedSchoolIds.length,
  }
  return {
    decision,
    inputs,
    plannedDeliveries,
    dedupeMarkers: isFirstSale ? createDedupeMarkers(source.duplicates, toSourceScope(source.id), person) : [],
    offerAt: lead.test ? undefined : findNextOfferTime(offerContext),
  }
}

/** The next attempt after a plan could not be saved. A cap that was lost is seen when the counters are read again. */
export function excludeConflict(
  { request, facts }: RoutingAttempt,
  { plannedDeliveries }: RoutingOutcome,
  conflict: SaveConflict,
): RoutingAttempt {
  if (conflict === 'too-many-writes')
    return { request, facts: { ...facts, maxSales: facts.soldTo + plannedDeliveries.length - 1 } }
  const { conflictingScopes } = conflict
  const isDuplicateOfSource = conflictingScopes.includes(toSourceScope(request.source.id))
  return {
    request,
    facts: {
      ...facts,
      duplicateSchoolIds: [...facts.duplicateSchoolIds, ...conflictingScopes],
      duplicateOfSource: facts.duplicateOfSource || isDuplicateOfSource,
    },
  }
}

function computeMaxSales({ source, placement }: RoutingRequest): number {
  return Math.min(source.maxSales, placement.maxHolders)
}
