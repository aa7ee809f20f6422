import { keptSource } from '#shared/domain/capture/source.ts'
import { tracedBy } from '#shared/domain/capture/traceparent.ts'
import { outcomeOf } from '#shared/domain/routing/decision.ts'
import { guardsOf, scopeOfSource } from '#shared/domain/routing/duplicates.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type Placed, placeLead } from '#shared/workflows/routing/place-lead.ts'
import { soFar } from './so-far.ts'

export type Needs = Pick<
  Dependencies,
  'leads' | 'suppressions' | 'deliveries' | 'records' | 'routing' | 'digests' | 'now' | 'newId' | 'log'
>

/**
 * Offers a kept lead again: when a cap window opens, when its school has rejected it, or a day later. Only to schools
 * that the consent named and that have not had it. A new decision stands beside those before it.
 */
export async function offerLead(leadId: string, needs: Needs): Promise<void> {
  const found = await needs.leads.find(leadId)
  const at = needs.now().toISOString()
  const seen = found?.lead.offerAt
  if (!found || seen === undefined || seen > at) return
  const { lead, consent, decisions } = found
  const record = await needs.records.get('sources', lead.sourceId)
  const source = { ...keptSource.parse(record?.body ?? { name: 'Removed', mode: 'live' }), id: lead.sourceId }
  const { rejectedBy, heldBy, mostTakers } = await soFar(decisions, needs)

  const person = needs.digests.ofPerson(lead.contact)
  const { contact, careerSlug, programId, state, sourceId } = lead
  const { education, startWindow, modality, age, military, gpa, answers, subIds, utm } = lead
  const visitor = { education, startWindow, modality, age, military, gpa, answers, subIds, utm }
  const known = {
    enquiry: { careerSlug, programId, state, sourceId, ...visitor, zip: contact.zip, at },
    stage: 'lead',
    sourceRules: source.rules,
    namedSchoolIds: consent.schoolIds,
    suppressed: await needs.suppressions.hold([person.email, person.phone]),
    rejectedBy,
    duplicateSchoolIds: heldBy,
    duplicateOfSource: false,
    method: source.method,
    maxSales: Math.min(source.maxSales, mostTakers),
    soldTo: heldBy.length,
    seed: leadId,
    test: lead.test,
  } as const
  const save = async ({ taken, ...decided }: Placed) => {
    const isFirst = taken.length > 0 && !lead.test && decisions.every(({ deliveries }) => deliveries.length === 0)
    const guards = isFirst ? guardsOf(source.duplicates, scopeOfSource(source.id), person) : []
    const outcome = heldBy.length > 0 ? 'accepted' : outcomeOf(decided.decision)
    const saved = await needs.leads.saveOffer({
      ...decided,
      leadId,
      receivedAt: lead.receivedAt,
      seen,
      outcome,
      guards,
    })
    return saved === 'saved' ? { kept: outcome } : saved
  }
  const placed = await placeLead({ known, lead, consent, source, person, takers: heldBy.length }, save, needs)
  if (placed === 'busy') throw new Error('The offer could not be written; the lead comes due again.')
  if (placed === 'standing') return
  const schools = placed.taken.length
  needs.log('lead.offered', { leadId, outcome: placed.kept, schools, ...tracedBy(lead.traceparent) })
}
