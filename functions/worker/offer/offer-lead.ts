import { toCertificateOutcome } from '#shared/domain/capture/certificates/check-certificate.ts'
import { storedSource } from '#shared/domain/capture/source.ts'
import { traceLogFields } from '#shared/domain/capture/traceparent.ts'
import { isSameGeneration } from '#shared/domain/catalog/generation.ts'
import { toLeadOutcome } from '#shared/domain/routing/decision.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { retryOnConflict } from '#shared/store/retry-on-conflict.ts'
import { listCertificates } from '#shared/workflows/capture/list-certificates.ts'
import {
  excludeConflict,
  maxRoutingAttempts,
  planRouting,
  startRouting,
} from '#shared/workflows/routing/plan-routing.ts'
import { readPlacement } from './read-placement.ts'

export type OfferLeadDependencies = Pick<
  Dependencies,
  'leads' | 'certificates' | 'suppressions' | 'deliveries' | 'records' | 'routing' | 'digests' | 'now' | 'newId' | 'log'
>

/**
 * Offers a stored lead again: when a cap window opens, when its school has rejected it, or a day later. Only to schools
 * that the consent named and that have not had it. The new decision is added to the earlier ones.
 */
export async function offerLead(leadId: string, deps: OfferLeadDependencies): Promise<void> {
  const timeline = await deps.leads.findForOffer(leadId)
  const at = deps.now().toISOString()
  const dueOfferAt = timeline?.lead.offerAt
  if (!timeline || dueOfferAt === undefined || dueOfferAt > at) return
  const { lead, consent, decisions, matchRefusals, sourceTerms = { maxSales: 1 } } = timeline
  const sourceRecord = await deps.records.get('sources', lead.sourceId)
  const isSameSource = sourceRecord && isSameGeneration(sourceRecord.generation, lead.sourceGeneration)
  // The limits that a publisher set hold for its leads after the source was deleted.
  const removedSource = { name: 'Removed', mode: 'live', ...sourceTerms }
  const sourceFields = storedSource.parse(isSameSource ? sourceRecord.body : removedSource)
  const source = { ...sourceFields, id: lead.sourceId, generation: lead.sourceGeneration }
  const placement = await readPlacement(decisions, deps)
  const person = deps.digests.hashPerson(lead.contact)

  const certificate = toCertificateOutcome(await listCertificates(leadId, consent, deps))
  let attempt = await startRouting({ lead, consent, source, person, at, placement, matchRefusals, certificate }, deps)
  const saved = await retryOnConflict(maxRoutingAttempts, async () => {
    const plan = await planRouting(attempt, deps)
    const outcome = placement.holders.length > 0 || placement.hasReturned ? 'accepted' : toLeadOutcome(plan.decision)
    const { receivedAt, sourceId, sourceGeneration } = lead
    // Its first postback may still wait for this decision, or have been sent as rejected.
    const informsSource = source.postback !== undefined && lead.outcome !== 'accepted' && outcome === 'accepted'
    const offer = {
      ...{ ...plan, leadId, receivedAt, sourceId, sourceGeneration },
      ...{ expectedOfferAt: dueOfferAt, outcome, informsSource },
    }
    const saveResult = await deps.leads.saveOffer(offer)
    if (saveResult === 'saved') return { outcome, schools: plan.plannedDeliveries.length }
    if (saveResult === 'already-saved' || saveResult === 'busy') return saveResult
    attempt = excludeConflict(attempt, plan, saveResult)
    return 'conflict'
  })
  if (saved === 'busy' || saved === 'conflict')
    throw new Error('The offer could not be written; the lead comes due again.')
  if (saved === 'already-saved') return
  deps.log('lead.offered', { leadId, ...saved, ...traceLogFields(lead.traceparent) })
}
