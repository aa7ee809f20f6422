import { releaseLead as route } from '#shared/contract/capture/quarantine.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { isOfferable, offerDays } from '#shared/domain/routing/offer.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { findHeld, notHeld } from './find-held.ts'

type Needs = Pick<Dependencies, 'leads' | 'quarantine' | 'now'>

/** Takes a lead for a person's after all: it goes the way of every lead that waits, from now on. */
export async function releaseLead({ params }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { leadId } = params
  const { receivedAt } = await findHeld(leadId, needs)
  const offerAt = needs.now().toISOString()
  if (!isOfferable(receivedAt, offerAt))
    throw new Refusal('LEAD_TOO_OLD', `It came more than ${offerDays} days ago: nobody expects the call any more.`)
  if (!(await needs.quarantine.release(leadId, offerAt))) throw notHeld()
  return { status: 200, body: { leadId, quarantine: 'released', offerAt } }
}

export const handler = serve(route, releaseLead)
