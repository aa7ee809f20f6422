import type * as z from 'zod'
import type { LeadCreated } from '#shared/domain/delivery/lead-created.ts'
import { requestShape } from '#shared/domain/delivery/request-shape.ts'
import { fullSampleLead } from '#shared/domain/delivery/sample-event.ts'
import { shapeRequest } from '#shared/outbound/shape/shape-request.ts'

export type ShapeInput = z.input<typeof requestShape>
type Data = LeadCreated['data']

export function anEvent({
  contact,
  ...data
}: Partial<Omit<Data, 'contact'>> & { contact?: Partial<Data['contact']> } = {}) {
  return {
    ...fullSampleLead,
    data: { ...fullSampleLead.data, ...data, contact: { ...fullSampleLead.data.contact, ...contact } },
  }
}

/** Returns the request that a shape builds from an event, with one header secret. */
export function shapeEvent(shape: ShapeInput, event: LeadCreated = fullSampleLead) {
  const context = { headerSecrets: { apiKey: 'k-1' }, body: JSON.stringify(event) }
  return shapeRequest(event, requestShape.parse(shape), context)
}
