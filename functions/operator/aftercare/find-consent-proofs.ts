import { findConsentProofs as route } from '#shared/contract/aftercare/consent-proofs.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { toConsentProof } from '#shared/domain/aftercare/consent-proof.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { toEpochSeconds } from '#shared/store/engine/expiry.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import { buildReveal } from './build-reveal.ts'
import { computePersonDigests } from './compute-person-digests.ts'

type FindConsentProofsDependencies = Pick<Dependencies, 'consentProofs' | 'proofSealer' | 'keyRing' | 'digests'> &
  AuditChangeDependencies

/** Returns the proofs of consent of a person after recording who reads them. */
export async function findConsentProofs(
  { body, principal }: Request<typeof route>,
  deps: FindConsentProofsDependencies,
): Promise<Reply<typeof route>> {
  const digests = computePersonDigests(body, deps)
  const leadIds = await deps.consentProofs.findLeadIds(digests)
  const storedProofs = await Promise.all(leadIds.map((leadId) => deps.consentProofs.findByLead(leadId)))
  const proofs = storedProofs.flatMap((stored) => (stored ? toConsentProof(stored, deps.proofSealer) : []))
  const reveal = await buildReveal(principal, body.purpose, deps)
  const views = proofs.map(({ leadId, keptUntil }) => ({
    leadId,
    revealId: deps.newId('reveal'),
    reveal,
    expiresAt: toEpochSeconds(new Date(keptUntil)),
  }))
  const entries = (digests.length === 0 ? [] : digests).map((digest) =>
    auditChange(
      {
        actor: toActor(principal),
        action: 'consent-proof.read',
        record: { kind: 'persons', id: digest },
        after: { purpose: body.purpose, leadIds: proofs.map(({ leadId }) => leadId) },
      },
      deps,
    ),
  )
  await deps.consentProofs.recordViews(views, entries)
  const latestFirst = proofs.toSorted((one, other) => (one.consent.grantedAt < other.consent.grantedAt ? 1 : -1))
  return { status: 200, body: { proofs: latestFirst } }
}

export const handler = defineHandler(route, findConsentProofs)
