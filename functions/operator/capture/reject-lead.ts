import { rejectLead as route } from '#shared/contract/capture/quarantine.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { type DecideQuarantineDependencies, decideQuarantine } from './decide-quarantine.ts'

/** Rejects a lead that is held for review. It is kept, so that its source can still learn why no school called. */
export async function rejectLead(
  request: Request<typeof route>,
  deps: DecideQuarantineDependencies,
): Promise<Reply<typeof route>> {
  const review = await decideQuarantine('rejected', request, deps)
  return { status: 200, body: { leadId: request.params.leadId, quarantine: 'rejected', review } }
}

export const handler = defineHandler(route, rejectLead)
