import { revealLead as route } from '#shared/contract/aftercare/reveals.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { revealedBy } from './revealed-by.ts'

type Needs = Pick<Dependencies, 'leads' | 'reveals' | 'keyRing' | 'newId' | 'now'>

/** Shows whose lead it is, once it is written down who looked. */
export async function revealLead(request: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { params, body, principal } = request
  const found = await needs.leads.find(params.leadId)
  if (!found) throw new Refusal('NOT_FOUND', 'There is no lead of that id, or its person was forgotten.')
  const { lead, consent } = found
  const reveal = await revealedBy(principal, body.purpose, needs)
  await needs.reveals.note([{ leadId: lead.leadId, revealId: needs.newId('reveal'), reveal }])
  const { state: _, ...contact } = lead.contact
  const { page, subIds, utm } = lead
  return {
    status: 201,
    body: { contact, page, subIds, utm, consent: { ...(consent.ip && { ip: consent.ip }) }, reveal },
  }
}

export const handler = serve(route, revealLead)
