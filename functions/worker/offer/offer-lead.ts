import { storedSource } from '#shared/domain/capture/source.ts'
import { traceLogFields } from '#shared/domain/capture/traceparent.ts'
import { toLeadOutcome } from '#shared/domain/routing/decision.ts'
import { createDedupeMarkers, toSourceScope } from '#shared/domain/routing/duplicates.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type RoutingResult, reserveAndSave } from '#shared/workflows/routing/reserve-and-save.ts'
import { placementHistory } from './placement-history.ts'

export type OfferLeadDependencies = Pick<
  Dependencies,
  'leads' | 'suppressions' | 'deliveries' | 'records' | 'routing' | 'digests' | 'now' | 'newId' | 'log'
>

/**
 * Offers a kept lead again: when a cap window opens, when its school has rejected it, or a day later. Only to schools
 * that the consent named and that have not had it. A new decision stands beside those before it.
 */
export async function offerLead(leadId: string, deps: OfferLeadDependencies): Promise<void> {
  const leadHistory = await deps.leads.find(leadId)
  const at = deps.now().toISOString()
  const dueOfferAt = leadHistory?.lead.offerAt
  if (!leadHistory || dueOfferAt === undefined || dueOfferAt > at) return
  const { lead, consent, decisions } = leadHistory
  const sourceRecord = await deps.records.get('sources', lead.sourceId)
  const source = { ...storedSource.parse(sourceRecord?.body ?? { name: 'Removed', mode: 'live' }), id: lead.sourceId }
  const { rejectedBy, holders, maxTakers } = await placementHistory(decisions, deps)

  const person = deps.digests.hashPerson(lead.contact)
  const { contact, careerSlug, programId, state, sourceId } = lead
  const { education, startWindow, modality, age, military, gpa, answers, subIds, utm } = lead
  const visitor = { education, startWindow, modality, age, military, gpa, answers, subIds, utm }
  const facts = {
    profile: { careerSlug, programId, state, sourceId, ...visitor, zip: contact.zip, at },
    stage: 'lead',
    sourceRules: source.rules,
    namedSchoolIds: consent.schoolIds,
    suppressed: await deps.suppressions.hasAny([person.email, person.phone]),
    rejectedBy,
    duplicateSchoolIds: holders,
    duplicateOfSource: false,
    method: source.method,
    maxSales: Math.min(source.maxSales, maxTakers),
    soldTo: holders.length,
    seed: leadId,
    test: lead.test,
  } as const
  const save = async ({ plannedDeliveries, ...routingOutcome }: RoutingResult) => {
    const isFirst =
      plannedDeliveries.length > 0 && !lead.test && decisions.every(({ deliveries }) => deliveries.length === 0)
    const dedupeMarkers = isFirst ? createDedupeMarkers(source.duplicates, toSourceScope(source.id), person) : []
    const outcome = holders.length > 0 ? 'accepted' : toLeadOutcome(routingOutcome.decision)
    const saveResult = await deps.leads.saveOffer({
      ...routingOutcome,
      leadId,
      receivedAt: lead.receivedAt,
      expectedOfferAt: dueOfferAt,
      outcome,
      dedupeMarkers,
    })
    return saveResult === 'saved' ? { result: outcome } : saveResult
  }
  const placement = await reserveAndSave(
    { facts, lead, consent, source, person, buyerCount: holders.length },
    save,
    deps,
  )
  if (placement === 'busy') throw new Error('The offer could not be written; the lead comes due again.')
  if (placement === 'standing') return
  const schoolCount = placement.plannedDeliveries.length
  deps.log('lead.offered', {
    leadId,
    outcome: placement.result,
    schools: schoolCount,
    ...traceLogFields(lead.traceparent),
  })
}
