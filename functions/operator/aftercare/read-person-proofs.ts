import { toActor } from '#shared/domain/access/actor.ts'
import type { AuditAction } from '#shared/domain/access/audit-actions.ts'
import { toConsentProof } from '#shared/domain/aftercare/consent-proof-seal.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { toEpochSeconds } from '#shared/store/engine/expiry.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import { buildReveal } from './build-reveal.ts'

export type ReadPersonProofsDependencies = Pick<Dependencies, 'consentProofs' | 'proofSealer' | 'keyRing' | 'log'> &
  AuditChangeDependencies
type ProofReading = { principal: Parameters<typeof toActor>[0]; purpose: string; action: AuditAction }

/**
 * Finds the leads of a person by the HMACs of email and phone, and opens the proofs of their consents. `removed`: leads whose
 * proof is not there any more, which is logged too.
 */
export async function openPersonProofs(
  hmacs: readonly string[],
  { consentProofs, proofSealer, log }: Pick<ReadPersonProofsDependencies, 'consentProofs' | 'proofSealer' | 'log'>,
) {
  const leadIds = await consentProofs.findLeadIds([...hmacs])
  const storedProofs = await Promise.all(leadIds.map((leadId) => consentProofs.findByLead(leadId)))
  const removed = leadIds.filter((_, index) => storedProofs[index] === undefined)
  for (const leadId of removed) log('consent_proof.removed', { leadId })
  const proofs = storedProofs.flatMap((stored) => (stored ? toConsentProof(stored, proofSealer) : []))
  return { leadIds, proofs, removed }
}
type PersonProofs = Pick<Awaited<ReturnType<typeof openPersonProofs>>, 'leadIds' | 'proofs'> & {
  persons: readonly string[]
}

/** Records who reads the proofs of a person, and why, before they are returned. Returns when it was recorded. */
export async function recordProofReading(
  { persons, leadIds, proofs }: PersonProofs,
  { principal, purpose, action }: ProofReading,
  deps: ReadPersonProofsDependencies,
): Promise<string> {
  const reveal = await buildReveal(principal, purpose, deps)
  const views = proofs.map(({ leadId, keptUntil }) => {
    const expiresAt = toEpochSeconds(new Date(keptUntil))
    return { leadId, revealId: deps.newId('reveal'), reveal, expiresAt }
  })
  const actor = toActor(principal)
  const entries = persons.map((id) =>
    auditChange({ actor, action, record: { kind: 'persons', id }, after: { purpose, leadIds } }, deps),
  )
  await deps.consentProofs.recordViews(views, entries)
  return reveal.at
}
