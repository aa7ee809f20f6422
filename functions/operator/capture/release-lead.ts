import { releaseLead as route } from '#shared/contract/capture/quarantine.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { isOfferable, offerDays } from '#shared/domain/routing/offer.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { createNotQuarantinedRefusal, findQuarantinedLead } from './find-quarantined-lead.ts'

type ReleaseLeadDependencies = Pick<Dependencies, 'leads' | 'quarantine' | 'now'>

/** Takes a lead for a person's after all: it goes the way of every lead that waits, from now on. */
export async function releaseLead(
  { params }: Request<typeof route>,
  deps: ReleaseLeadDependencies,
): Promise<Reply<typeof route>> {
  const { leadId } = params
  const { receivedAt } = await findQuarantinedLead(leadId, deps)
  const offerAt = deps.now().toISOString()
  if (!isOfferable(receivedAt, offerAt))
    throw new Refusal('LEAD_TOO_OLD', `It came more than ${offerDays} days ago: nobody expects the call any more.`)
  if (!(await deps.quarantine.release(leadId, offerAt))) throw createNotQuarantinedRefusal()
  return { status: 200, body: { leadId, quarantine: 'released', offerAt } }
}

export const handler = defineHandler(route, releaseLead)
