import { mayHaveReachedSchool } from '#shared/domain/delivery/delivery.ts'
import type { SchoolEvent } from '#shared/domain/delivery/school-event.ts'
import { contentTypes } from '#shared/outbound/shape/build-body.ts'
import { type ShapedRequest, shapeRequest } from '#shared/outbound/shape/shape-request.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { ShapedBody, StoredDelivery } from '#shared/store/delivery/delivery-row.ts'
import type { DeliveryRoute } from '#shared/workflows/delivery/resolve-endpoint.ts'

export type PreparePayloadDependencies = Pick<Dependencies, 'headerSecrets' | 'sealer'>

/**
 * The event of a delivery and, for a webhook, its request. `shaped` is stored with the lease for attempts that must
 * repeat its bytes. `fault` says why no request could be made; it is an internal fault.
 */
export type DeliveryPayload = { event: SchoolEvent; request?: ShapedRequest; shaped?: ShapedBody; fault?: string }

/**
 * Builds what an attempt sends, in the school's own shape if it has one. Once an attempt may have reached the school,
 * every later attempt repeats its bytes; until then a corrected shape takes effect. A lead that its school opened counts as
 * delivered although nothing may have been sent.
 */
export async function preparePayload(
  delivery: StoredDelivery,
  event: SchoolEvent,
  { endpoint, campaignId }: DeliveryRoute,
  { headerSecrets, sealer }: PreparePayloadDependencies,
): Promise<DeliveryPayload> {
  const { body, shaped, deliveredAt, takenAt } = delivery
  if (endpoint?.kind !== 'webhook') return { event }
  const unshapedRequest = { method: 'POST', headers: { 'content-type': contentTypes.json }, body } as const
  if (event.type !== 'lead.created') return { event, request: unshapedRequest }
  const mustRepeatBytes = mayHaveReachedSchool(delivery) || (deliveredAt !== undefined && takenAt === undefined)
  try {
    const sealedSecrets = endpoint.request?.headers ? await headerSecrets.getSealed(campaignId) : {}
    const openedSecrets = Object.entries(sealedSecrets).map(([name, secret]) => [name, sealer.open(campaignId, secret)])
    const shapeInput = { headerSecrets: Object.fromEntries(openedSecrets), body }
    const newRequest = await shapeRequest(event, endpoint.request, shapeInput)
    if (!mustRepeatBytes)
      return { event, request: newRequest, ...(endpoint.request && { shaped: toShapedBody(newRequest) }) }
    const { contentType, ...firstBody } = shaped ?? { method: 'POST', contentType: contentTypes.json, body }
    const headers = { ...newRequest.headers, 'content-type': contentType }
    return { event, request: { ...firstBody, headers }, ...(shaped && { shaped }) }
  } catch (error) {
    // Errors of templates and missing secrets contain neither personal data nor the secret.
    return { event, fault: error instanceof Error ? error.message : 'unknown', ...(shaped && { shaped }) }
  }
}

function toShapedBody({ method, headers, body }: ShapedRequest): ShapedBody {
  return { method, contentType: headers['content-type'] ?? '', body }
}
