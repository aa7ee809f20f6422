import { leadReceipt } from '#shared/contract/capture.ts'
import { Refusal } from '#shared/contract/problems.ts'
import { decide } from '#shared/domain/decide.ts'
import { outcomeOf } from '#shared/domain/decision.ts'
import { type Taken, takeLead } from '#shared/domain/take-lead.ts'
import type { Dependencies } from '#shared/runtime/dependencies.ts'
import type { Answer } from '#shared/store/leads.ts'
import { findCandidates } from './find-candidates.ts'
import { type Enquired, newLead } from './new-lead.ts'

type Needs = Pick<Dependencies, 'routing' | 'leads' | 'digests' | 'now' | 'newId'>

// Each turn leaves out at least one campaign or school, so this many are never needed unless all are being fought for.
const mostTurns = 20

/**
 * Decides and saves in one go. A campaign that loses the race for its cap, or a school that has the person already, is
 * left out and the decision taken again; the lead itself is kept in any case.
 */
export async function assignLead(enquired: Enquired, answer: Omit<Answer, 'body'>, needs: Needs) {
  const { source, contact, agreedSchoolIds } = enquired
  const { lead, enquiry, consent } = newLead(enquired, needs.newId('lead'), needs.now().toISOString())
  const people = needs.digests.ofPerson(contact)
  const duplicateSchoolIds: string[] = []

  for (let turn = 0; turn < mostTurns; turn++) {
    const { candidates, counters } = await findCandidates(enquiry, needs)
    const decision = decide({
      enquiry,
      stage: 'lead',
      namedSchoolIds: agreedSchoolIds,
      candidates,
      counters: lead.test ? {} : counters,
      duplicateSchoolIds,
      maxSales: source.maxSales,
      method: source.method,
      seed: lead.leadId,
    })
    const outcome = outcomeOf(decision)
    const decided = { ...lead, outcome }
    const newDeliveryId = () => needs.newId('delivery')
    const taken = takeLead({ lead: decided, consent, source, candidates, decision, newDeliveryId })
    const receipt = receiptOf(decided, taken)
    const saved = await needs.leads.saveOnce({
      lead: decided,
      consent,
      decision,
      takers: taken.map(({ event, ...taker }) => ({
        ...taker,
        body: JSON.stringify(event),
        guards: lead.test ? [] : people,
      })),
      people,
      answer: { ...answer, body: JSON.stringify(receipt) },
    })
    if (saved === 'answered') return saved
    if (saved === 'saved') return { receipt, pointers: taken.map(({ delivery }) => delivery).filter(isDue) }
    if (saved === 'busy') break
    duplicateSchoolIds.push(...saved.lost.schoolIds)
  }
  throw new Refusal('BUSY', 'Send the same request again, with the same Idempotency-Key.', {
    headers: { 'retry-after': '1' },
  })
}

function receiptOf({ leadId, outcome, receivedAt }: Parameters<typeof takeLead>[0]['lead'], taken: readonly Taken[]) {
  const schools = taken.map(({ delivery: { schoolId, schoolName, deliveryId } }) => ({
    schoolId,
    name: schoolName,
    deliveryId,
  }))
  return leadReceipt.parse({ leadId, outcome, schools, receivedAt })
}

function isDue({ dueAt, createdAt }: Taken['delivery']): boolean {
  return dueAt === createdAt
}
