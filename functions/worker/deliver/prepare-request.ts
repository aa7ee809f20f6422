import { mayHaveArrived } from '#shared/domain/delivery/delivery.ts'
import { eventIn, type SchoolEvent } from '#shared/domain/delivery/school-event.ts'
import { contentTypes } from '#shared/outbound/shape/shape-body.ts'
import { type Shaped, shapeRequest } from '#shared/outbound/shape/shape-request.ts'
import type { Kept, ShapedBody } from '#shared/store/delivery/delivery-row.ts'
import type { Needs } from './deliver-lead.ts'
import type { Way } from './find-way.ts'

/**
 * The event of a delivery, and what a webhook gets of it. `shaped` is kept with the lease, for an attempt that must repeat
 * it; `fault` is one of ours.
 */
export type Prepared = { event: SchoolEvent; request?: Shaped; shaped?: ShapedBody; fault?: string }

/**
 * Shapes a lead as its school wants it. Its bytes are settled from the first attempt that may have arrived: until then a
 * shape that was mended takes effect, and after that a repeat is a repeat.
 */
export async function prepareRequest(seen: Kept, { endpoint }: Way, needs: Needs): Promise<Prepared> {
  const { campaignId, body, shaped } = seen
  const event = eventIn(body)
  if (endpoint?.kind !== 'webhook') return { event }
  const asStored = { method: 'POST', headers: { 'content-type': contentTypes.json }, body } as const
  if (event.type !== 'lead.created') return { event, request: asStored }
  const isSettled = mayHaveArrived(seen) || seen.deliveredAt !== undefined
  try {
    const sealed = endpoint.request?.headers ? await needs.headerSecrets.sealedOf(campaignId) : {}
    const opened = Object.entries(sealed).map(([name, secret]) => [name, needs.sealer.open(campaignId, secret)])
    const stored = { headerSecrets: Object.fromEntries(opened), body }
    const fresh = await shapeRequest(event, endpoint.request, stored)
    if (!isSettled) return { event, request: fresh, ...(endpoint.request && { shaped: bodyOf(fresh) }) }
    const { contentType, ...first } = shaped ?? { method: 'POST', contentType: contentTypes.json, body }
    const headers = { ...fresh.headers, 'content-type': contentType }
    return { event, request: { ...first, headers }, ...(shaped && { shaped }) }
  } catch (error) {
    // What is said of a template and of a missing secret names neither the visitor nor the secret.
    return { event, fault: error instanceof Error ? error.message : 'unknown', ...(shaped && { shaped }) }
  }
}

function bodyOf({ method, headers, body }: Shaped): ShapedBody {
  return { method, contentType: headers['content-type'] ?? '', body }
}
