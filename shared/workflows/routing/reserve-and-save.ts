import type { Consent } from '../../domain/capture/consent.ts'
import type { Contact } from '../../domain/capture/contact.ts'
import type { Lead } from '../../domain/capture/lead.ts'
import type { Source } from '../../domain/capture/source.ts'
import { type PersonDigests, toSourceScope } from '../../domain/routing/duplicates.ts'
import { findNextOfferTime } from '../../domain/routing/offer.ts'
import { type PlannedDelivery, planDeliveries } from '../../domain/routing/plan-deliveries.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { RoutingOutcome, SaveResult } from '../../store/capture/leads.ts'
import { decideRouting, type RoutingFacts } from './decide-routing.ts'

type ReserveAndSaveDependencies = Pick<Dependencies, 'routing' | 'newId'>
export type ReservationRequest = {
  facts: RoutingFacts & { namedSchoolIds: readonly string[] }
  lead: Omit<Lead, 'outcome'> & { contact: Contact }
  consent: Consent
  source: Source & { id: string }
  person: PersonDigests
  /** Schools that have the lead already. */
  buyerCount: number
}
export type RoutingResult = RoutingOutcome & { plannedDeliveries: readonly PlannedDelivery[] }

// Each turn leaves out a school or finds a counter further on; only a lead that everybody fights for needs many.
const maxTurns = 50

/**
 * Decides and saves in one go. Who loses a race for a cap, or has the person already, is left out and the decision
 * taken again. `save` writes all of it or nothing.
 */
export async function reserveAndSave<Result>(
  { facts, lead, consent, source, person, buyerCount }: ReservationRequest,
  save: (routingResult: RoutingResult) => Promise<{ result: Result } | Exclude<SaveResult, 'saved'>>,
  deps: ReserveAndSaveDependencies,
): Promise<{ result: Result; plannedDeliveries: readonly PlannedDelivery[] } | 'standing' | 'busy'> {
  const lostScopes: string[] = []
  let { maxSales } = facts
  for (let attempt = 0; attempt < maxTurns; attempt++) {
    const duplicateSchoolIds = [...facts.duplicateSchoolIds, ...lostScopes]
    const duplicateOfSource = facts.duplicateOfSource || lostScopes.includes(toSourceScope(source.id))
    const routing = await decideRouting({ ...facts, maxSales, duplicateSchoolIds, duplicateOfSource }, deps)
    const { decision, inputs } = routing
    const newDeliveryId = () => deps.newId('delivery')
    const plannedDeliveries = planDeliveries({
      ...routing,
      lead,
      profile: facts.profile,
      consent,
      source,
      person,
      newDeliveryId,
    })
    const offerContext = {
      decision,
      receivedAt: lead.receivedAt,
      buyerCount: buyerCount + plannedDeliveries.length,
      // Who has it alone keeps it alone: whoever is parked waits in vain.
      maxSales: decision.verdicts.some(({ exclusive }) => exclusive) ? 0 : facts.maxSales,
      namedSchoolCount: facts.namedSchoolIds.length,
    }
    const saveResult = await save({
      decision,
      inputs,
      plannedDeliveries,
      deliveriesToSave: plannedDeliveries.map(({ event, ...taker }) => ({ ...taker, body: JSON.stringify(event) })),
      offerAt: lead.test ? undefined : findNextOfferTime(offerContext),
    })
    if (saveResult === 'standing' || saveResult === 'busy') return saveResult
    if (saveResult === 'too-many') maxSales = buyerCount + plannedDeliveries.length - 1
    else if ('result' in saveResult) return { result: saveResult.result, plannedDeliveries }
    else lostScopes.push(...saveResult.conflictingScopes)
  }
  return 'busy'
}
