import { searchLeads as route } from '#shared/contract/capture/lead-search.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { digestsOfPerson } from '../aftercare/digests-of-person.ts'

type Needs = Pick<Dependencies, 'leads' | 'digests'>

const most = 100

/** The leads of one person, found by what is kept of an e-mail or phone: an HMAC. */
export async function searchLeads({ body }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const [digest = ''] = digestsOfPerson(body, needs)
  return { status: 200, body: { leads: await needs.leads.ofPerson(digest, most) } }
}

export const handler = serve(route, searchLeads)
