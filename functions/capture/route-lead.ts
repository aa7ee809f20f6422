import { outcomeOf } from '#shared/domain/routing/decision.ts'
import { guardsOf, scopeOfSource } from '#shared/domain/routing/duplicates.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type Placed, placeLead } from '#shared/workflows/routing/place-lead.ts'
import { isTokenLost } from './is-token-lost.ts'
import type { Made } from './new-lead.ts'
import { receiptOf } from './receipt-of.ts'

type Needs = Pick<Dependencies, 'routing' | 'leads' | 'suppressions' | 'digests' | 'now' | 'newId'>

/** Decides who may have a new lead, and keeps it with all that follows. */
export async function routeLead({ enquired, made, answer, tokenGuards }: Made, needs: Needs) {
  const { source, contact, agreement } = enquired
  const { lead, enquiry, consent } = made
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
      guards: [...guards, ...tokenGuards],
      people: [person.email, person.phone],
      answer: { ...answer, body: JSON.stringify(receipt) },
    })
    if (isTokenLost(saved, tokenGuards)) return { kept: 'token-used' } as const
    return saved === 'saved' ? { kept: receipt } : saved
  }
  const placed = await placeLead<ReturnType<typeof receiptOf> | 'token-used'>(
    { known, lead, consent, source, person, takers: 0 },
    save,
    needs,
  )
  if (typeof placed === 'string') return placed
  return placed.kept === 'token-used' ? placed.kept : { receipt: placed.kept, taken: placed.taken }
}
