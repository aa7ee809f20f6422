import { rejectLead as route } from '#shared/contract/capture/quarantine.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { findHeld, notHeld } from './find-held.ts'

type Needs = Pick<Dependencies, 'leads' | 'quarantine'>

/** Takes a lead for no person's. It stays kept, so that whoever sent it can still be told why nobody called. */
export async function rejectLead({ params }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { leadId } = params
  await findHeld(leadId, needs)
  if (!(await needs.quarantine.reject(leadId))) throw notHeld()
  return { status: 200, body: { leadId, quarantine: 'rejected' } }
}

export const handler = serve(route, rejectLead)
