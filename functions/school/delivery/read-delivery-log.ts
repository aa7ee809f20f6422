import { readDeliveryLog as route } from '#shared/contract/delivery/school-leads.ts'
import type { Reply } from '#shared/contract/route.ts'
import { parseSchoolEvent } from '#shared/domain/delivery/school-event.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { toSchoolReturn } from '../aftercare/to-school-return.ts'
import { requireOwnDelivery } from './require-own-delivery.ts'

type ReadDeliveryLogDependencies = Pick<Dependencies, 'deliveries'>

/** Returns a delivery of the school with its attempts and the event that was sent. */
export async function readDeliveryLog(
  request: Request<typeof route>,
  deps: ReadDeliveryLogDependencies,
): Promise<Reply<typeof route>> {
  const { deliveryId } = request.params
  const delivery = await requireOwnDelivery(deliveryId, request.principal, deps)
  const log = await deps.deliveries.findWithAttempts(deliveryId)
  if (!log) throw new Error(`Delivery ${deliveryId} disappeared between two reads.`)
  const event = delivery.state === 'erased' ? undefined : parseSchoolEvent(delivery.body)
  const { return: leadReturn, ...rest } = log
  const logResponse = { ...rest, ...(leadReturn && { return: toSchoolReturn(leadReturn) }) }
  return { status: 200, body: { ...logResponse, ...(event?.type === 'lead.created' && { event }) } }
}

export const handler = defineHandler(route, readDeliveryLog)
