import { searchSuppressions as route } from '#shared/contract/aftercare/suppressions.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { parseIdentifiers } from '#shared/workflows/aftercare/parse-identifiers.ts'

/** Finds the suppressions of a person, including those of which only a hash is known. */
export async function searchSuppressions(
  { body }: Request<typeof route>,
  deps: Pick<Dependencies, 'suppressions' | 'digests'>,
): Promise<Reply<typeof route>> {
  return {
    status: 200,
    body: {
      suppressions: await deps.suppressions.listByPerson(deps.digests.listStoredDigests(parseIdentifiers(body))),
    },
  }
}

export const handler = defineHandler(route, searchSuppressions)
