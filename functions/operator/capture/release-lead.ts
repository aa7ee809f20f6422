import { releaseLead as route } from '#shared/contract/capture/quarantine.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { isOfferable, offerDays } from '#shared/domain/routing/offer.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { type DecideQuarantineDependencies, decideQuarantine } from './decide-quarantine.ts'

/** Releases a lead that is held for review: the offer worker decides about it in its next run. */
export async function releaseLead(
  request: Request<typeof route>,
  deps: DecideQuarantineDependencies,
): Promise<Reply<typeof route>> {
  const { leadId } = request.params
  const { at, by } = await decideQuarantine('released', request, deps, ({ receivedAt }, now) => {
    if (!isOfferable(receivedAt, now))
      throw new Refusal(
        'LEAD_TOO_OLD',
        `The request is more than ${offerDays} days old, so the person no longer expects a call.`,
      )
  })
  return { status: 200, body: { leadId, quarantine: 'released', offerAt: at, review: { at, by } } }
}

export const handler = defineHandler(route, releaseLead)
