import { findConsentProofs as route } from '#shared/contract/aftercare/consent-proofs.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { parseIdentifiers } from '#shared/workflows/aftercare/parse-identifiers.ts'
import { listCertificates } from '#shared/workflows/capture/list-certificates.ts'
import { openPersonProofs, type ReadPersonProofsDependencies, recordProofReading } from './read-person-proofs.ts'

type FindConsentProofsDependencies = Pick<Dependencies, 'digests' | 'certificates'> & ReadPersonProofsDependencies

/** Returns the proofs of consent of a person after recording who reads them. */
export async function findConsentProofs(
  { body, principal }: Request<typeof route>,
  deps: FindConsentProofsDependencies,
): Promise<Reply<typeof route>> {
  const identifiers = parseIdentifiers(body)
  const { leadIds, proofs, removed } = await openPersonProofs(deps.digests.listStoredDigests(identifiers), deps)
  const reading = { principal, purpose: body.purpose, action: 'consent-proof.read' } as const
  await recordProofReading({ persons: deps.digests.listPersonDigests(identifiers), leadIds, proofs }, reading, deps)
  const latestFirst = proofs.toSorted((one, other) => (one.consent.grantedAt < other.consent.grantedAt ? 1 : -1))
  const addCertificates = async (proof: (typeof proofs)[number]) => ({
    ...proof,
    certificates: await listCertificates(proof.leadId, proof.consent, deps),
  })
  return { status: 200, body: { proofs: await Promise.all(latestFirst.map(addCertificates)), removed } }
}

export const handler = defineHandler(route, findConsentProofs)
