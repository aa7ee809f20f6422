import { Refusal } from '#shared/contract/problems.ts'
import { type Actor, toActor } from '#shared/domain/access/actor.ts'
import type { Lead, QuarantineReview } from '#shared/domain/capture/lead.ts'
import type { Principal } from '#shared/http/authorize.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'

export type DecideQuarantineDependencies = Pick<Dependencies, 'leads' | 'quarantine'> & AuditChangeDependencies
type DecisionRequest = { params: { leadId: string }; principal: Principal<'operator'> }
type QuarantinedLead = Pick<Lead, 'receivedAt' | 'quarantine' | 'review'>

/**
 * Releases or rejects a lead that is held for review, and returns the review. The same decision again, such as a double
 * click, returns that of the first.
 * @param check refuses a decision that is not possible now
 * @throws Refusal if there is no such lead, if it was never held, or if the other decision was taken
 */
export async function decideQuarantine(
  decision: 'released' | 'rejected',
  { params: { leadId }, principal }: DecisionRequest,
  deps: DecideQuarantineDependencies,
  check: (lead: QuarantinedLead, at: string) => void = () => {},
): Promise<QuarantineReview> {
  const lead = await findLead(leadId, deps)
  if (lead.quarantine !== 'held') return requireSameDecision(lead, decision)
  const review = { at: deps.now().toISOString(), by: toActor(principal) }
  check(lead, review.at)
  const audit = auditChange(
    { actor: review.by, action: auditActions[decision], record: { kind: 'leads', id: leadId } },
    deps,
  )
  const isDecided = await deps.quarantine[storeActions[decision]](leadId, review, [audit])
  // Another decision was saved in between.
  return isDecided ? review : requireSameDecision(await findLead(leadId, deps), decision)
}

const auditActions = { released: 'lead.released', rejected: 'lead.rejected' } as const
const storeActions = { released: 'release', rejected: 'reject' } as const

async function findLead(leadId: string, { leads }: Pick<Dependencies, 'leads'>): Promise<QuarantinedLead> {
  const timeline = await leads.find(leadId)
  if (!timeline) throw new Refusal('NOT_FOUND', 'Lead not found.')
  return timeline.lead
}

function requireSameDecision({ quarantine, review }: QuarantinedLead, decision: string): QuarantineReview {
  if (quarantine === undefined || quarantine === 'held')
    throw new Refusal('NOT_QUARANTINED', 'The lead is not held for review.')
  if (quarantine === decision && review) return review
  // Decisions that are older than reviews do not say who took them.
  const who = review ? ` by ${describeActor(review.by)} at ${review.at}` : ''
  throw new Refusal('NOT_QUARANTINED', `The lead was already ${quarantine}${who}.`)
}

function describeActor(actor: Actor): string {
  const name = 'name' in actor ? actor.name : undefined
  return name ?? ('keyId' in actor ? actor.keyId : actor.kind)
}
