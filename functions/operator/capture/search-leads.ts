import { searchLeads as route } from '#shared/contract/capture/lead-search.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { parseIdentifiers } from '#shared/workflows/aftercare/parse-identifiers.ts'

type SearchLeadsDependencies = Pick<Dependencies, 'leads' | 'digests'>

const maxLeads = 100

/** The leads of one person, found by the HMAC of an email or phone. */
export async function searchLeads(
  { body }: Request<typeof route>,
  deps: SearchLeadsDependencies,
): Promise<Reply<typeof route>> {
  return {
    status: 200,
    body: { leads: await deps.leads.listByPerson(deps.digests.listStoredDigests(parseIdentifiers(body)), maxLeads) },
  }
}

export const handler = defineHandler(route, searchLeads)
