import { mayHaveReachedSchool } from '#shared/domain/delivery/delivery.ts'
import { parseSchoolEvent, type SchoolEvent } from '#shared/domain/delivery/school-event.ts'
import { contentTypes } from '#shared/outbound/shape/build-body.ts'
import { type ShapedRequest, shapeRequest } from '#shared/outbound/shape/shape-request.ts'
import type { ShapedBody, StoredDelivery } from '#shared/store/delivery/delivery-row.ts'
import type { DeliverLeadDependencies } from './deliver-lead.ts'
import type { DeliveryRoute } from './resolve-endpoint.ts'

/**
 * The event of a delivery, and what a webhook gets of it. `shaped` is kept with the lease, for an attempt that must repeat
 * it; `fault` is one of ours.
 */
export type PreparedRequest = { event: SchoolEvent; request?: ShapedRequest; shaped?: ShapedBody; fault?: string }

/**
 * Shapes a lead as its school wants it. Its bytes are settled from the first attempt that may have arrived: until then a
 * shape that was mended takes effect, and after that a repeat is a repeat.
 */
export async function prepareRequest(
  delivery: StoredDelivery,
  { endpoint }: DeliveryRoute,
  deps: DeliverLeadDependencies,
): Promise<PreparedRequest> {
  const { campaignId, body, shaped } = delivery
  const event = parseSchoolEvent(body)
  if (endpoint?.kind !== 'webhook') return { event }
  const unshapedRequest = { method: 'POST', headers: { 'content-type': contentTypes.json }, body } as const
  if (event.type !== 'lead.created') return { event, request: unshapedRequest }
  const mustRepeatBytes = mayHaveReachedSchool(delivery) || delivery.deliveredAt !== undefined
  try {
    const sealedSecrets = endpoint.request?.headers ? await deps.headerSecrets.getSealed(campaignId) : {}
    const openedSecrets = Object.entries(sealedSecrets).map(([name, secret]) => [
      name,
      deps.sealer.open(campaignId, secret),
    ])
    const shapeInput = { headerSecrets: Object.fromEntries(openedSecrets), body }
    const newRequest = await shapeRequest(event, endpoint.request, shapeInput)
    if (!mustRepeatBytes)
      return { event, request: newRequest, ...(endpoint.request && { shaped: toShapedBody(newRequest) }) }
    const { contentType, ...firstBody } = shaped ?? { method: 'POST', contentType: contentTypes.json, body }
    const headers = { ...newRequest.headers, 'content-type': contentType }
    return { event, request: { ...firstBody, headers }, ...(shaped && { shaped }) }
  } catch (error) {
    // What is said of a template and of a missing secret names neither the visitor nor the secret.
    return { event, fault: error instanceof Error ? error.message : 'unknown', ...(shaped && { shaped }) }
  }
}

function toShapedBody({ method, headers, body }: ShapedRequest): ShapedBody {
  return { method, contentType: headers['content-type'] ?? '', body }
}
