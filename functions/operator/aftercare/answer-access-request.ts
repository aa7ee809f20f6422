import { answerAccessRequest as route } from '#shared/contract/aftercare/access-requests.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { parseIdentifiers } from '#shared/workflows/aftercare/parse-identifiers.ts'
import { openPersonProofs, type ReadPersonProofsDependencies, recordProofReading } from './read-person-proofs.ts'

type AnswerAccessRequestDependencies = Pick<Dependencies, 'personRecords' | 'digests'> & ReadPersonProofsDependencies

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
  const identifiers = parseIdentifiers(body)
  const hmacs = deps.digests.listStoredDigests(identifiers)
  const { leadIds, proofs, removed } = await openPersonProofs(hmacs, deps)
  const leadRecords = await Promise.all(leadIds.map((leadId) => deps.personRecords.listOfLead(leadId, hmacs)))
  const records = [...leadRecords.flat(), ...(await deps.personRecords.listSuppressions(hmacs))]
  const reading = { principal, purpose: body.purpose, action: 'access-request.answered' } as const
  const answeredAt = await recordProofReading(
    { persons: deps.digests.listPersonDigests(identifiers), leadIds, proofs },
    reading,
    deps,
  )
  return { status: 200, body: { answeredAt, records, proofs, removed, leftOut: [...leftOut] } }
}

export const handler = defineHandler(route, answerAccessRequest)
