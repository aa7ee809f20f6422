import { leadReceipt } from '#shared/contract/capture.ts'
import { Refusal } from '#shared/contract/problems.ts'
import { outcomeOf } from '#shared/domain/decision.ts'
import { guardsOf, scopeOfSource } from '#shared/domain/duplicates.ts'
import type { Taken } from '#shared/domain/take-lead.ts'
import type { Dependencies } from '#shared/runtime/dependencies.ts'
import { type Placed, placeLead } from '#shared/runtime/place-lead.ts'
import type { Answer } from '#shared/store/leads.ts'
import { type Enquired, newLead } from './new-lead.ts'

type Needs = Pick<Dependencies, 'routing' | 'leads' | 'suppressions' | 'digests' | 'now' | 'newId'>

/** Keeps a new lead whoever may have it: with its deliveries, or as unmatched until it is offered again. */
export async function keepLead(enquired: Enquired, answer: Omit<Answer, 'body'>, needs: Needs) {
  const { source, contact, agreement } = enquired
  const { lead, enquiry, consent } = newLead(enquired, needs.newId('lead'), needs.now().toISOString())
  const person = needs.digests.ofPerson(contact)
  const known = {
    enquiry,
    stage: 'lead',
    sourceRules: source.rules,
    namedSchoolIds: agreement.schoolIds,
    suppressed: await needs.suppressions.hold([person.email, person.phone]),
    rejectedBy: [],
    duplicateSchoolIds: [],
    duplicateOfSource: false,
    method: source.method,
    maxSales: source.maxSales,
    soldTo: 0,
    seed: lead.leadId,
    test: lead.test,
  } as const

  const save = async ({ taken, ...decided }: Placed) => {
    const kept = { ...lead, outcome: outcomeOf(decided.decision) }
    const receipt = receiptOf(kept, taken)
    const guards = taken.length === 0 || lead.test ? [] : guardsOf(source.duplicates, scopeOfSource(source.id), person)
    const saved = await needs.leads.saveOnce({
      ...decided,
      lead: kept,
      consent,
      guards,
      people: [person.email, person.phone],
      answer: { ...answer, body: JSON.stringify(receipt) },
    })
    return saved === 'saved' ? { kept: receipt } : saved
  }
  const placed = await placeLead({ known, lead, consent, source, person, takers: 0 }, save, needs)
  if (placed !== 'busy') return placed
  throw new Refusal('BUSY', 'Send the same request again, with the same Idempotency-Key.', {
    headers: { 'retry-after': '1' },
  })
}

type Kept = Parameters<Dependencies['leads']['saveOnce']>[0]['lead']

function receiptOf({ leadId, outcome, receivedAt }: Kept, taken: readonly Taken[]) {
  const schools = taken.map(({ delivery: { schoolId, schoolName, deliveryId } }) => ({
    schoolId,
    name: schoolName,
    deliveryId,
  }))
  return leadReceipt.parse({ leadId, outcome, schools, receivedAt })
}
