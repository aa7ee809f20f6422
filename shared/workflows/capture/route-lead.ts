import type * as z from 'zod'
import { leadReceipt } from '../../contract/capture/capture.ts'
import { sealConsentProof } from '../../domain/aftercare/consent-proof-seal.ts'
import type { Lead } from '../../domain/capture/lead.ts'
import { toLeadOutcome } from '../../domain/routing/decision.ts'
import type { PlannedDelivery } from '../../domain/routing/plan-deliveries.ts'
import type { DeliveryPointer } from '../../outbound/queue.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { IdempotencyRecord } from '../../store/capture/lead-record.ts'
import { retryOnConflict } from '../../store/retry-on-conflict.ts'
import {
  excludeConflict,
  maxRoutingAttempts,
  planRouting,
  planStrangerRouting,
  startRouting,
} from '../routing/plan-routing.ts'
import { isFormTokenUsed, listFormMarkers, type SpamAssessment } from './assess-spam.ts'
import { certifyLead } from './certify-lead.ts'
import type { Submission } from './parse-submission.ts'

type RouteLeadDependencies = Pick<
  Dependencies,
  | 'routing'
  | 'leads'
  | 'suppressions'
  | 'digests'
  | 'newId'
  | 'proofSealer'
  | 'publicUrl'
  | 'certificateVendors'
  | 'now'
>
type LeadReceipt = z.output<typeof leadReceipt>
type ReceiptDelivery = Pick<PlannedDelivery['delivery'], 'schoolId' | 'schoolName' | 'deliveryId' | 'state'>

/**
 * `outcome` and `schools`, their number, are the true ones, which a public receipt does not tell. `pointers` are queued at once. `already-saved`: the
 * same request was saved before. `form-token-used`: another lead was saved with its form token.
 */
export type SavedLead =
  | {
      kind: 'saved'
      receipt: LeadReceipt
      outcome: Lead['outcome']
      schools: number
      pointers: readonly DeliveryPointer[]
    }
  | { kind: 'already-saved' | 'form-token-used' | 'busy' }

/**
 * Decides which schools get the lead, and saves it with its deliveries and cap reservations; a suspicious lead is saved
 * for review by staff, without a decision. A lost race is decided again. A page gets the receipt that a person who is not
 * known would get, after the same reads and as many writes, so that no caller can find out with it who is known here
 * (decision 0029). A publisher's server gets the true one.
 */
export async function routeLead(
  submission: Submission,
  assessment: SpamAssessment,
  idempotency: IdempotencyRecord,
  deps: RouteLeadDependencies,
): Promise<SavedLead> {
  const { source, draft, consent, person, people, form, matchRefusals } = submission
  const request = { lead: draft, consent, source, person, at: draft.receivedAt, placement: noPlacement, matchRefusals }
  const sealedProof = sealConsentProof(draft, consent, deps.proofSealer)
  const isHeld = assessment.action === 'quarantine'
  const certification = await certifyLead({ draft, consent, isHeld }, deps)
  const certificate = certification.outcome
  let attempt = await startRouting({ ...request, certificate, readsDuplicates: true }, deps)
  const saved = await retryOnConflict(maxRoutingAttempts, async (): Promise<SavedLead | 'conflict'> => {
    const plan = await planRouting(attempt, deps)
    const plannedDeliveries = isHeld ? [] : plan.plannedDeliveries
    const lead: Lead = {
      ...draft,
      abuse: assessment.abuse,
      outcome: isHeld ? 'unmatched' : toLeadOutcome(plan.decision),
    }
    const stranger = form.isFromPage ? planStrangerRouting(attempt, plan, deps) : undefined
    const shown = stranger ? showAsStranger(stranger, plannedDeliveries) : toShown(lead, plannedDeliveries)
    const receipt = toReceipt(lead, shown, deps)
    const record = {
      lead,
      consent,
      dedupeMarkers: assessment.tokenMarkers,
      people,
      sealedProof,
      confirms: source.confirmationEmail && !draft.test && deps.publicUrl !== undefined,
      informsSource: source.postback !== undefined,
      certificates: certification.certificates,
      matchRefusals,
      response: { ...idempotency, body: JSON.stringify(receipt) },
    }
    const cover = stranger && {
      coverId: deps.newId('delivery'),
      widest: {
        decision: stranger.decision,
        inputs: plan.inputs,
        plannedDeliveries: stranger.widestDeliveries,
        dedupeMarkers: [...stranger.dedupeMarkers, ...listFormMarkers(assessment)],
      },
      checkedReservations: listUntakenReservations(stranger, plannedDeliveries),
    }
    const saveResult = isHeld
      ? await deps.leads.quarantineOnce(record, cover)
      : await deps.leads.saveOnce(
          { ...plan, ...record, dedupeMarkers: [...plan.dedupeMarkers, ...record.dedupeMarkers] },
          cover,
        )
    if (saveResult === 'saved') {
      const deliveries = [...plannedDeliveries.map(({ delivery }) => delivery), ...shown.deliveries]
      const schools = plannedDeliveries.length
      return { kind: 'saved', receipt, outcome: lead.outcome, schools, pointers: listPointers(deliveries) }
    }
    if (saveResult === 'already-saved' || saveResult === 'busy') return { kind: saveResult }
    if (isFormTokenUsed(saveResult, assessment)) return { kind: 'form-token-used' }
    attempt = excludeConflict(
      attempt,
      { plannedDeliveries: stranger?.widestDeliveries ?? plannedDeliveries },
      saveResult,
    )
    return 'conflict'
  })
  return saved === 'conflict' ? { kind: 'busy' } : saved
}

const noPlacement = {
  rejectedBy: [],
  holders: [],
  maxHolders: Number.POSITIVE_INFINITY,
  hasDeliveries: false,
  hasReturned: false,
  payoutCents: 0,
  heldParts: {},
}

type Stranger = ReturnType<typeof planStrangerRouting>
type ShownOutcome = { outcome: Lead['outcome']; deliveries: readonly ReceiptDelivery[] }

/** What a stranger would get. A school that the lead does not go to has an ID that belongs to nothing. */
function showAsStranger(stranger: Stranger, plannedDeliveries: readonly PlannedDelivery[]): ShownOutcome {
  const realDeliveries = new Map(plannedDeliveries.map(({ delivery }) => [delivery.schoolId, delivery]))
  return {
    outcome: toLeadOutcome(stranger.decision),
    deliveries: stranger.plannedDeliveries.map(({ delivery }) => realDeliveries.get(delivery.schoolId) ?? delivery),
  }
}

function toShown({ outcome }: Lead, plannedDeliveries: readonly PlannedDelivery[]): ShownOutcome {
  return { outcome, deliveries: plannedDeliveries.map(({ delivery }) => delivery) }
}

/** What a stranger would reserve of caps, and this lead does not. */
function listUntakenReservations(
  stranger: Stranger,
  plannedDeliveries: readonly PlannedDelivery[],
): PlannedDelivery['reservations'] {
  const realSchoolIds = plannedDeliveries.map(({ delivery }) => delivery.schoolId)
  return stranger.plannedDeliveries
    .filter(({ delivery }) => !realSchoolIds.includes(delivery.schoolId))
    .flatMap(({ reservations }) => reservations)
}

/** The response to a new lead. It is stored as text, so that every retry gets the same bytes. */
function toReceipt(
  { leadId, receivedAt }: Lead,
  { outcome, deliveries }: ShownOutcome,
  { digests }: Pick<Dependencies, 'digests'>,
): LeadReceipt {
  const schools = deliveries.map(({ schoolId, schoolName, deliveryId }) => ({ schoolId, name: schoolName, deliveryId }))
  // It depends on the random ID alone, so it tells nothing of the person.
  const withdrawalPath = `/v1/withdrawals/${leadId}.${digests.signLink(leadId)}`
  return leadReceipt.parse({ leadId, outcome, schools, receivedAt, withdrawalPath })
}

/** A pointer to a delivery that only the receipt shows is queued too: the deliverer finds nothing and does nothing. */
function listPointers(deliveries: readonly ReceiptDelivery[]): DeliveryPointer[] {
  const pointers = new Map(
    deliveries.map(({ deliveryId, schoolId, state }) => [deliveryId, { deliveryId, schoolId, state }]),
  )
  return [...pointers.values()].flatMap(({ state, ...pointer }) => (state === 'pending' ? [pointer] : []))
}
