import { toActor } from '#shared/domain/access/actor.ts'
import type { AuditAction } from '#shared/domain/access/audit-actions.ts'
import { toConsentProof } from '#shared/domain/aftercare/consent-proof-seal.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { toEpochSeconds } from '#shared/store/engine/expiry.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import { buildReveal } from './build-reveal.ts'

export type ReadPersonProofsDependencies = Pick<Dependencies, 'consentProofs' | 'proofSealer' | 'keyRing'> &
  AuditChangeDependencies
type ProofReading = { principal: Parameters<typeof toActor>[0]; purpose: string; action: AuditAction }

/** Finds the leads of a person by the HMACs of email and phone, and opens the proofs of their consents. */
export async function openPersonProofs(
  hmacs: readonly string[],
  { consentProofs, proofSealer }: Pick<ReadPersonProofsDependencies, 'consentProofs' | 'proofSealer'>,
) {
  const leadIds = await consentProofs.findLeadIds([...hmacs])
  const storedProofs = await Promise.all(leadIds.map((leadId) => consentProofs.findByLead(leadId)))
  return { leadIds, proofs: storedProofs.flatMap((stored) => (stored ? toConsentProof(stored, proofSealer) : [])) }
}
type PersonProofs = Awaited<ReturnType<typeof openPersonProofs>> & { hmacs: readonly string[] }

/** Records who reads the proofs of a person, and why, before they are returned. Returns when it was recorded. */
export async function recordProofReading(
  { hmacs, leadIds, proofs }: PersonProofs,
  { principal, purpose, action }: ProofReading,
  deps: ReadPersonProofsDependencies,
): Promise<string> {
  const reveal = await buildReveal(principal, purpose, deps)
  const views = proofs.map(({ leadId, keptUntil }) => {
    const expiresAt = toEpochSeconds(new Date(keptUntil))
    return { leadId, revealId: deps.newId('reveal'), reveal, expiresAt }
  })
  const actor = toActor(principal)
  const entries = hmacs.map((id) =>
    auditChange({ actor, action, record: { kind: 'persons', id }, after: { purpose, leadIds } }, deps),
  )
  await deps.consentProofs.recordViews(views, entries)
  return reveal.at
}
