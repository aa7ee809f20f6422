import { searchSuppressions as route } from '#shared/contract/aftercare/suppressions.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { identifyHashedPerson, identifyPerson } from '#shared/workflows/aftercare/identify-person.ts'
import { parseIdentifiers } from '#shared/workflows/aftercare/parse-identifiers.ts'

/** Finds the suppressions of a person, including those of which only a hash is known. */
export async function searchSuppressions(
  { body }: Request<typeof route>,
  deps: Pick<Dependencies, 'suppressions' | 'digests' | 'sealer'>,
): Promise<Reply<typeof route>> {
  const { email, phone } = parseIdentifiers(body)
  const hashes = { email: email && sha256(email), phone: phone && sha256(phone) }
  const digests = [...identifyPerson({ email, phone }, deps).digests, ...identifyHashedPerson(hashes, deps).digests]
  return { status: 200, body: { suppressions: await deps.suppressions.listByPerson(digests) } }
}

export const handler = defineHandler(route, searchSuppressions)
