import { toLeadOutcome } from '#shared/domain/routing/decision.ts'
import { createDedupeMarkers, toSourceScope } from '#shared/domain/routing/duplicates.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type RoutingResult, reserveAndSave } from '#shared/workflows/routing/reserve-and-save.ts'
import type { NewLead } from './build-new-lead.ts'
import { isFormTokenUsed } from './is-form-token-used.ts'
import { toReceipt } from './to-receipt.ts'

type RouteLeadDependencies = Pick<Dependencies, 'routing' | 'leads' | 'suppressions' | 'digests' | 'now' | 'newId'>

/** Decides who may have a new lead, and keeps it with all that follows. */
export async function routeLead(
  { submission, draft, idempotency, tokenMarkers }: NewLead,
  deps: RouteLeadDependencies,
) {
  const { source, contact, consentInput } = submission
  const { lead, profile, consent } = draft
  const person = deps.digests.hashPerson(contact)
  const facts = {
    profile,
    stage: 'lead',
    sourceRules: source.rules,
    namedSchoolIds: consentInput.schoolIds,
    suppressed: await deps.suppressions.hasAny([person.email, person.phone]),
    rejectedBy: [],
    duplicateSchoolIds: [],
    duplicateOfSource: false,
    method: source.method,
    maxSales: source.maxSales,
    soldTo: 0,
    seed: lead.leadId,
    test: lead.test,
  } as const

  const save = async ({ plannedDeliveries, ...routingOutcome }: RoutingResult) => {
    const routedLead = { ...lead, outcome: toLeadOutcome(routingOutcome.decision) }
    const receipt = toReceipt(routedLead, plannedDeliveries)
    const dedupeMarkers =
      plannedDeliveries.length === 0 || lead.test
        ? []
        : createDedupeMarkers(source.duplicates, toSourceScope(source.id), person)
    const saveResult = await deps.leads.saveOnce({
      ...routingOutcome,
      lead: routedLead,
      consent,
      dedupeMarkers: [...dedupeMarkers, ...tokenMarkers],
      people: [person.email, person.phone],
      response: { ...idempotency, body: JSON.stringify(receipt) },
    })
    if (isFormTokenUsed(saveResult, tokenMarkers)) return { result: 'token-used' } as const
    return saveResult === 'saved' ? { result: receipt } : saveResult
  }
  const placement = await reserveAndSave<ReturnType<typeof toReceipt> | 'token-used'>(
    { facts, lead, consent, source, person, buyerCount: 0 },
    save,
    deps,
  )
  if (typeof placement === 'string') return placement
  return placement.result === 'token-used'
    ? placement.result
    : { receipt: placement.result, plannedDeliveries: placement.plannedDeliveries }
}
