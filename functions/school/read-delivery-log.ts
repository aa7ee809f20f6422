import type { Reply } from '#shared/contract/route.ts'
import { readDeliveryLog as route } from '#shared/contract/school.ts'
import { eventIn } from '#shared/domain/delivery/school-event.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { ownDelivery } from './own-delivery.ts'
import { toldReturn } from './told-return.ts'

type Needs = Pick<Dependencies, 'deliveries'>

/** What a school got, and how: the log of a delivery beside the very words that were sent. */
export async function readDeliveryLog(request: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { deliveryId } = request.params
  const found = await ownDelivery(deliveryId, request.principal, needs)
  const log = await needs.deliveries.log(deliveryId)
  if (!log) throw new Error(`The delivery ${deliveryId} is gone between two reads.`)
  const event = found.state === 'erased' ? undefined : eventIn(found.body)
  const { return: asked, ...rest } = log
  const told = { ...rest, ...(asked && { return: toldReturn(asked) }) }
  return { status: 200, body: { ...told, ...(event?.type === 'lead.created' && { event }) } }
}

export const handler = serve(route, readDeliveryLog)
