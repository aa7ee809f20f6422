import type * as z from 'zod'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import type { Lead } from '#shared/domain/capture/lead.ts'
import { toLeadOutcome } from '#shared/domain/routing/decision.ts'
import type { PlannedDelivery } from '#shared/domain/routing/plan-deliveries.ts'
import type { DeliveryPointer } from '#shared/outbound/queue.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { IdempotencyRecord } from '#shared/store/capture/lead-record.ts'
import { retryOnConflict } from '#shared/store/retry-on-conflict.ts'
import {
  excludeConflict,
  maxRoutingAttempts,
  planRouting,
  startRouting,
} from '#shared/workflows/routing/plan-routing.ts'
import { isFormTokenUsed, type SpamAssessment } from './assess-spam.ts'
import type { Submission } from './parse-submission.ts'

type RouteLeadDependencies = Pick<Dependencies, 'routing' | 'leads' | 'suppressions' | 'newId'>
type LeadReceipt = z.output<typeof leadReceipt>

/** `already-saved`: the same request was saved before. `form-token-used`: another lead was saved with its form token. */
export type SavedLead =
  | { kind: 'saved'; receipt: LeadReceipt; dueDeliveries: readonly DeliveryPointer[] }
  | { kind: 'already-saved' | 'form-token-used' | 'busy' }

/** Decides which schools get the lead, and saves it with its deliveries and cap reservations. A lost race is decided again. */
export async function routeLead(
  { source, draft, consent, person }: Submission,
  assessment: SpamAssessment,
  idempotency: IdempotencyRecord,
  deps: RouteLeadDependencies,
): Promise<SavedLead> {
  const request = { lead: draft, consent, source, person, at: draft.receivedAt, placement: noPlacement }
  let attempt = await startRouting(request, deps)
  const saved = await retryOnConflict(maxRoutingAttempts, async (): Promise<SavedLead | 'conflict'> => {
    const plan = await planRouting(attempt, deps)
    const { decision, plannedDeliveries, dedupeMarkers } = plan
    const lead: Lead = { ...draft, abuse: assessment.abuse, outcome: toLeadOutcome(decision) }
    const receipt = toReceipt(lead, plannedDeliveries)
    const saveResult = await deps.leads.saveOnce({
      ...plan,
      lead,
      consent,
      dedupeMarkers: [...dedupeMarkers, ...assessment.tokenMarkers],
      people: [person.email, person.phone],
      response: { ...idempotency, body: JSON.stringify(receipt) },
    })
    if (saveResult === 'saved') return { kind: 'saved', receipt, dueDeliveries: listDueDeliveries(plannedDeliveries) }
    if (saveResult === 'already-saved' || saveResult === 'busy') return { kind: saveResult }
    if (isFormTokenUsed(saveResult, assessment)) return { kind: 'form-token-used' }
    attempt = excludeConflict(attempt, plan, saveResult)
    return 'conflict'
  })
  return saved === 'conflict' ? { kind: 'busy' } : saved
}

const noPlacement = { rejectedBy: [], holders: [], maxHolders: Number.POSITIVE_INFINITY, hasDeliveries: false }

/** The response to a new lead. It is stored as text, so that every retry gets the same bytes. */
export function toReceipt(
  { leadId, outcome, receivedAt }: Lead,
  plannedDeliveries: readonly PlannedDelivery[],
): LeadReceipt {
  const schools = plannedDeliveries.map(({ delivery: { schoolId, schoolName, deliveryId } }) => ({
    schoolId,
    name: schoolName,
    deliveryId,
  }))
  return leadReceipt.parse({ leadId, outcome, schools, receivedAt })
}

function listDueDeliveries(plannedDeliveries: readonly PlannedDelivery[]): DeliveryPointer[] {
  return plannedDeliveries.flatMap(({ delivery }) => (delivery.state === 'pending' ? [delivery] : []))
}
