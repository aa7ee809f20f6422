import { answerAccessRequest as route } from '#shared/contract/aftercare/access-requests.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { toConsentProof } from '#shared/domain/aftercare/consent-proof.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { toEpochSeconds } from '#shared/store/engine/expiry.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import { buildReveal } from './build-reveal.ts'
import { computePersonDigests } from './compute-person-digests.ts'

type AnswerAccessRequestDependencies = Pick<
  Dependencies,
  'consentProofs' | 'personRecords' | 'proofSealer' | 'keyRing' | 'digests'
> &
  AuditChangeDependencies

/** What is stored and not repeated in the answer. */
export const leftOut = [
  {
    kind: 'person, proof',
    why: 'A hash of the address and the ID of a lead: the index by which this answer was found.',
  },
  { kind: 'response', why: 'The receipt of the form, for 7 days: the lead and its schools, which are in the answer.' },
  { kind: 'form-token', why: 'A random number of the form and the ID of the lead, for 2 days.' },
  { kind: 'audit', why: 'Who changed or read what, with hashes in place of personal data: GET /v1/ops/audit.' },
  { kind: 'bucket', why: 'A hash of the IP address that counts requests, for 2 minutes.' },
] as const

/** Returns everything that is stored about a person after recording who asks. */
export async function answerAccessRequest(
  { body, principal }: Request<typeof route>,
  deps: AnswerAccessRequestDependencies,
): Promise<Reply<typeof route>> {
  const hmacs = computePersonDigests(body, deps)
  const leadIds = await deps.consentProofs.findLeadIds(hmacs)
  const storedProofs = await Promise.all(leadIds.map((leadId) => deps.consentProofs.findByLead(leadId)))
  const proofs = storedProofs.flatMap((stored) => (stored ? toConsentProof(stored, deps.proofSealer) : []))
  const leadRecords = await Promise.all(leadIds.map((leadId) => deps.personRecords.listOfLead(leadId, hmacs)))
  const records = [...leadRecords.flat(), ...(await deps.personRecords.listSuppressions(hmacs))]
  const reveal = await buildReveal(principal, body.purpose, deps)
  const views = proofs.map(({ leadId, keptUntil }) => {
    const expiresAt = toEpochSeconds(new Date(keptUntil))
    return { leadId, revealId: deps.newId('reveal'), reveal, expiresAt }
  })
  const entries = hmacs.map((id) => {
    const record = { kind: 'persons', id }
    const after = { purpose: body.purpose, leadIds }
    return auditChange({ actor: toActor(principal), action: 'access-request.answered', record, after }, deps)
  })
  await deps.consentProofs.recordViews(views, entries)
  return { status: 200, body: { answeredAt: reveal.at, records, proofs, leftOut: [...leftOut] } }
}

export const handler = defineHandler(route, answerAccessRequest)
